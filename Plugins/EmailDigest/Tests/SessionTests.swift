import PatchbaySDK
import PatchbayTesting
import Testing

@testable import EmailDigest

/// The talk with a mail server: what is said, and what is made of its answers.
@Suite(.timeLimit(.minutes(5))) struct SessionTests {
    private func findings(of desk: Desk) async -> [Diagnosis] { await desk.host.plugin.selfTest(of: nil) }

    @Test func allIsWell() async throws {
        let desk = try await Desk()

        let found = await findings(of: desk)

        #expect(found.map(\.subject) == ["Connection", "TLS", "Sign-in", "Sender"])
        #expect(found.allSatisfy { $0.verdict == .good })
        #expect(desk.host.network.attempts == [.init(host: "mail.acme.example", port: 587, security: .plain)])
        #expect(desk.host.network.upgrades == [.tls(serverName: nil, authorities: nil)])
        #expect(
            desk.mail.commands.map { $0.split(separator: " ")[0] } == [
                "EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RSET", "QUIT",
            ])
        #expect(desk.mail.commands[0] == "EHLO portal.acme.example")
    }

    @Test func tlsFromTheFirstByte() async throws {
        let desk = try await Desk(settings: ["url": "smtps://mail.acme.example:465", "serverName": "mx.example"])

        _ = await findings(of: desk)

        #expect(
            desk.host.network.attempts.map(\.security) == [.tls(serverName: "mx.example", authorities: nil)])
        #expect(!desk.mail.commands.contains("STARTTLS"))
    }

    @Test("whoever strips STARTTLS gets no password and no message")
    func noDowngrade() async throws {
        let desk = try await Desk()
        desk.mail.behave { $0.offers = ["AUTH PLAIN"] }

        let found = await findings(of: desk)

        #expect(found.last?.finding == "The mail server doesn't offer STARTTLS, and nothing is sent without it.")
        #expect(!desk.mail.commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test("answers that come in the clear before TLS begins are not taken for the server's")
    func injectedAnswers() async throws {
        let desk = try await Desk()
        desk.mail.behave { $0.answers["STARTTLS"] = "220 go ahead\r\n250-injected\r\n250 AUTH PLAIN" }

        let found = await findings(of: desk)

        #expect(found.last?.verdict == .bad)
        #expect(desk.host.network.upgrades.isEmpty)
    }

    @Test func signsInByLoginWhereThereIsNoPlain() async throws {
        let desk = try await Desk()
        desk.mail.behave { $0.offers = ["STARTTLS", "AUTH=LOGIN"] }

        let found = await findings(of: desk)

        #expect(found.map(\.verdict) == [.good, .good, .good, .good])
    }

    @Test(arguments: [
        ("EHLO", "554 no", "Connection"), ("STARTTLS", "454 no TLS now", "TLS"), ("AUTH", "535 5.7.8 bad", "Sign-in"),
        ("MAIL", "553 5.7.1 not yours", "Sender"),
    ])
    func refusalsAreToldInTheServersWords(_ word: String, _ answer: String, _ subject: String) async throws {
        let desk = try await Desk()
        desk.mail.behave { $0.answers[word] = answer }

        let found = await findings(of: desk)

        #expect(found.last?.subject == subject)
        #expect(found.last?.finding.contains(answer) == true)
        #expect(found.last?.mend != nil)
    }

    @Test func wrongPasswordNamesTheSettings() async throws {
        let desk = try await Desk()
        desk.mail.behave { $0.password = "other" }

        let found = await findings(of: desk)

        #expect(found.map(\.verdict) == [.good, .good, .bad])
        #expect(found.last?.mend?.contains("\"password\"") == true)
    }

    @Test(arguments: [
        ("SSH-2.0-OpenSSH_9.2", "isn't a mail server"), ("554 go away", "554 go away"), ("421 busy", "421 busy"),
        ("endless", "a line of more than"), ("closed", "has closed the connection"),
        ("silent", "doesn't answer in time"),
    ])
    func nonsense(_ what: String, _ sentence: String) async throws {
        let desk = try await Desk()
        desk.host.network.acceptNext { peer in
            switch what {
            case "endless": try await peer.say("220 " + String(repeating: "x", count: 1 << 20))
            case "closed": return
            case "silent": break
            default: try await peer.say("\(what)\r\n")
            }
            _ = try await peer.hear(until: "never")
        }
        let push = Task {
            while !Task.isCancelled {
                desk.host.clock.advance(by: .milliseconds(100))
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        defer { push.cancel() }

        let found = await findings(of: desk)

        #expect(found.count == 1)
        #expect(found.last?.finding.contains(sentence) == true, "\(found)")
    }

    @Test func aTestEmailGoesToTheTypedAddress() async throws {
        let desk = try await Desk()
        let plugin = desk.host.plugin
        let test = ServerTest(context: desk.host.context, settings: plugin.settings, server: plugin.server)
        let someone = try #require(Mailbox("someone@else.example"))

        let sent = await test.run(sendingTo: someone)
        desk.mail.behave { $0.answers["RCPT"] = "550 5.1.1 no such user" }
        let refused = await test.run(sendingTo: someone)
        let byAnybody = try await desk.host.request(.post, "test", as: .alice, json: ["to": "someone@else.example"])

        #expect(sent.last?.verdict == .good)
        #expect(desk.mail.messages.count { $0.contains("To: someone@else.example\r\n") } == 1)
        #expect(refused.last?.finding.contains("550 5.1.1 no such user") == true)
        #expect(byAnybody.status == 403)
    }

    @Test func anInternationalAddressNeedsAServerThatKnowsThem() async throws {
        let desk = try await Desk()
        let plugin = desk.host.plugin
        let test = ServerTest(context: desk.host.context, settings: plugin.settings, server: plugin.server)
        let someone = try #require(Mailbox("jürg@münchen.example"))

        let refused = await test.run(sendingTo: someone)
        desk.mail.behave { $0.offers.append("SMTPUTF8") }
        let sent = await test.run(sendingTo: someone)

        #expect(refused.last?.finding.contains("SMTPUTF8") == true)
        #expect(sent.last?.verdict == .good)
        #expect(desk.mail.commands.contains("MAIL FROM:<portal@acme.example> BODY=8BITMIME SMTPUTF8"))
    }

    @Test(
        arguments: [
            ["startTLS": false, "url": "smtp://mail.acme.example:25"], ["username": "portal", "password": .null],
            ["from": "nobody"],
        ] as [[String: JSON]])
    func contradictionsAreDeclined(_ settings: [String: JSON]) async {
        await #expect(throws: PortalError.self) { _ = try await Desk(settings: settings) }
    }

    @Test func aPasswordWithoutTLSIsForThisMachineOnly() async throws {
        let desk = try await Desk(settings: ["startTLS": false, "url": "smtp://127.0.0.1:2525"])

        let found = await findings(of: desk)

        #expect(found.map(\.subject) == ["Connection", "Sign-in", "Sender"])
        #expect(desk.host.network.upgrades.isEmpty)
    }

    @Test func keepsTheRulesOfTheHouse() async {
        let findings = await PluginConformance.findings(
            for: EmailDigestPlugin.self, settings: .object(Desk.settings), systemTables: ["emailKey"]
        ) { host, person in
            _ = try await host.request(.put, "digest", as: person, json: ["isOn": false])
        }

        #expect(findings.isEmpty, "\(findings)")
    }
}
