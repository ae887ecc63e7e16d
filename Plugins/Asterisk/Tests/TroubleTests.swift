import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Asterisk

/// What the host is told of a phone system that can't be used: the sentence is what the administrator reads.
@Suite(.timeLimit(.minutes(5))) struct TroubleTests {
    /// Runs until the plugin gives up; the clock moves on whenever somebody waits.
    private func ending(of desk: Desk) async -> PortalError? {
        let push = Task {
            while !Task.isCancelled {
                desk.host.clock.advance(by: .milliseconds(200))
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        defer { push.cancel() }
        return await #expect(throws: PortalError.self) { try await desk.host.plugin.run() }
    }

    @Test func wrongSecret() async throws {
        let desk = try await Desk()
        desk.pbx.behave { $0.acceptsLogin = false }

        let error = await ending(of: desk)

        #expect(error?.id == "asterisk.refused")
        #expect(error?.message.contains("[portal] in manager.conf") == true)
    }

    @Test("Asterisk closes right after a refusal; the refusal is what counts")
    func wrongSecretAndThenTheEnd() async throws {
        let desk = try await Desk()
        desk.pbx.behave {
            $0.acceptsLogin = false
            $0.closesAfterRefusal = true
        }

        let error = await ending(of: desk)

        #expect(error?.id == "asterisk.refused")
    }

    @Test func missingRightToPlaceCalls() async throws {
        let desk = try await Desk()
        desk.pbx.behave { $0.allowed.removeAll { $0 == "Originate" } }

        let error = await ending(of: desk)

        #expect(error?.message.contains("add \"originate\" to \"write =\"") == true)
    }

    @Test func missingRightToHear() async throws {
        let desk = try await Desk()
        desk.pbx.behave { $0.tellsEvents = false }

        let error = await ending(of: desk)

        #expect(error?.message.contains("add \"call\" to \"read =\"") == true)
    }

    @Test(arguments: ["Challenge", "Login", "ListCommands", "DeviceStateList", "Status", "Ping"])
    func silence(_ ignored: String) async throws {
        let desk = try await Desk()
        desk.pbx.behave { $0.ignores = [ignored] }

        let error = await ending(of: desk)

        #expect(error?.id == "asterisk.silent")
        #expect(desk.phone("100") == nil)
    }

    @Test(arguments: [
        ("SSH-2.0-OpenSSH_9.2\r\n", "isn't Asterisk's manager interface"), ("", "closed the connection"),
        ("Asterisk Call Manager/1.1\r\n", "Asterisk 13 or newer"),
        ("Asterisk Call Manager/11.0.0\r\n\u{1}\u{2}garbage\r\n", "isn't the manager interface's language"),
        ("endless", "a line of more than"),
    ])
    func nonsense(_ what: String, _ sentence: String) async throws {
        let endless = "Asterisk Call Manager/11.0.0\r\n" + String(repeating: "x", count: 1 << 20)
        let text = what == "endless" ? endless : what
        let desk = try await Desk()
        desk.host.network.acceptNext { peer in
            try await peer.say(text)
            if text.isEmpty { return }
            _ = try await peer.hear(until: "never")
        }

        let error = await ending(of: desk)

        #expect(error?.message.contains(sentence) == true)
    }

    @Test func nobodyThere() async throws {
        let desk = try await Desk()
        desk.host.network.acceptAlways(nil)

        let error = await ending(of: desk)

        #expect(error?.id == "outbound.unreachable")
    }

    @Test func selfTestFindsWhatToMend() async throws {
        let desk = try await Desk()

        let good = await desk.host.plugin.selfTest(of: TestedPhone(domain: .acme, extension: "100"))
        #expect(good.map(\.verdict) == [.good, .good, .good, .good])

        let offline = await desk.host.plugin.selfTest(of: TestedPhone(domain: .acme, extension: "102"))
        #expect(offline.last?.verdict == .doubtful)

        let unknown = await desk.host.plugin.selfTest(of: TestedPhone(domain: .acme, extension: "199"))
        #expect(unknown.last?.finding == "Asterisk knows no phone PJSIP/199.")

        desk.pbx.behave { $0.allowed = [] }
        let denied = await desk.host.plugin.selfTest(of: nil)
        #expect(denied.map(\.verdict) == [.good, .good, .bad])
        #expect(denied.last?.mend?.contains("write = call,originate") == true)

        desk.pbx.behave { $0.acceptsLogin = false }
        let refused = await desk.host.plugin.selfTest(of: nil)
        #expect(refused.map(\.verdict) == [.good, .bad])

        desk.host.network.acceptAlways(nil)
        let unreachable = await desk.host.plugin.selfTest(of: nil)
        #expect(unreachable.map(\.verdict) == [.bad])
    }
}
