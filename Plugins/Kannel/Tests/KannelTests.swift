import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Kannel

/// A plugin with settings as an administrator would write them.
func makeHost(settings: [String: JSON] = [:]) async throws -> TestHost<KannelPlugin> {
    let usual: [String: JSON] = [
        "url": "http://127.0.0.1:24013/cgi-bin/sendsms", "username": "tester", "password": "foo&bar",
        "callbackURL": "http://127.0.0.1:8080/", "webhookToken": "a-token-of-20-letters",
    ]
    return try await TestHost(KannelPlugin.self, settings: .object(usual.merging(settings) { $1 }))
}

@Suite struct SubmitTests {
    private func sms(_ text: String, _ encoding: SMSEncoding = .gsm7, part: Int = 1, of parts: Int = 1) -> OutboundSMS {
        OutboundSMS(
            id: MessageID(rawValue: "019ab-1"), from: .acmeDesk, to: PhoneNumber.customer.e164, text: text,
            encoding: encoding, part: part, parts: parts, reference: 0x2A, attempt: 1)
    }

    @Test func handsOverEverythingPercentEncoded() async throws {
        let host = try await makeHost(settings: ["smsc": "MAIN"])
        host.http.answerNext(status: 202, "0: Accepted for delivery")

        let id = try await host.plugin.submit(sms("Grüße & €1+1%"))

        #expect(id == nil)
        #expect(
            host.http.requests.map(\.url) == [
                "http://127.0.0.1:24013/cgi-bin/sendsms?username=tester&password=foo%26bar&from=%2B41446681800"
                    + "&to=%2B41791234567&charset=UTF-8&coding=0&text=Gr%C3%BC%C3%9Fe%20%26%20%E2%82%AC1%2B1%25&dlr-mask=31"
                    + "&dlr-url=http%3A%2F%2F127.0.0.1%3A8080%2Fhooks%2Fkannel%2Freceipt%3Fmessage%3D019ab-1%26part%3D1"
                    + "%26type%3D%25d%26answer%3D%25A%26token%3Da-token-of-20-letters&smsc=MAIN"
            ])
    }

    @Test func partsCarryTheirHeader() async throws {
        let host = try await makeHost()
        host.http.answerNext(status: 202, "3: Queued for later delivery")

        _ = try await host.plugin.submit(sms("Привет", .ucs2, part: 2, of: 3))

        let url = try #require(host.http.requests.first?.url)
        #expect(url.contains("&coding=2&"))
        #expect(url.hasSuffix("&udh=%05%00%03%2A%03%02"))
    }

    @Test(arguments: [
        (403, "Authorization failed for sendsms", "The gateway refuses the portal's user name or password."),
        (404, "Unknown request.", "The gateway's sendsms address in the settings is wrong."),
        (503, "", "The gateway answered with status 503."),
    ])
    func troubleOfTheGatewayIsTemporary(_ status: Int, _ text: String, _ reason: String) async throws {
        let host = try await makeHost()
        host.http.answerNext(status: status, text)

        await #expect(throws: CarrierError.temporary(reason: reason)) { try await host.plugin.submit(sms("Hello")) }
    }

    @Test(
        "A wrong password shows the plugin as degraded, with the mend, until Kannel takes a message again",
        .timeLimit(.minutes(5)))
    func wrongPasswordIsSaid() async throws {
        let host = try await makeHost()
        for _ in 1...2 { host.http.answerNext(status: 403, "Authorization failed for sendsms") }
        host.http.answerNext(status: 202, "0: Accepted for delivery")

        let error = await #expect(throws: PortalError.self) {
            try await host.whileRunning {
                _ = try? await host.plugin.submit(sms("Hello"))
                // The work ends by itself, before the clock moves.
                try await host.clock.sleep(for: .seconds(1))
            }
        }
        #expect(error?.id == "kannel.access-refused")
        #expect(error?.details["mend"]?.contains("sendsms-user") == true)
        _ = try? await host.plugin.submit(sms("Hello"))
        await #expect(throws: PortalError.self) { try await host.plugin.run() }

        _ = try await host.plugin.submit(sms("Hello"))
        try await host.whileRunning {}
    }

    @Test func numberThatIsDeniedIsPermanent() async throws {
        let host = try await makeHost()
        host.http.answerNext(status: 400, "Number(s) has/have been denied by white- and/or black-lists.")

        await #expect(throws: CarrierError.permanent(reason: "The gateway doesn't send to this number.")) {
            try await host.plugin.submit(sms("Hello"))
        }
    }

    @Test("X15: an answer without sense, or none at all, leaves the message queued")
    func unreachableGatewayIsTemporary() async throws {
        let host = try await makeHost()

        let error = await #expect(throws: CarrierError.self) { try await host.plugin.submit(sms("Hello")) }

        guard case .temporary = error else {
            Issue.record("\(String(describing: error)) isn't temporary")
            return
        }
    }

    @Test(arguments: ["short", "with%percent-and-length", "ümlaut-ümlaut-ümlaut"])
    func weakTokenIsDeclined(_ token: String) async throws {
        await #expect(throws: PortalError.self) { try await makeHost(settings: ["webhookToken": .string(token)]) }
    }
}

@Suite struct WebhookTests {
    private static let token = "token=a-token-of-20-letters"

    @Test("X8: a webhook without the right token is refused, and nothing is stored")
    func wrongTokenIsRefused() async throws {
        let host = try await makeHost()
        let queries = [
            "", "token=", "token=a-token-of-20-letter", "token=b-token-of-20-letters", "token=a-token-of-20-lettersx",
        ]

        for query in queries {
            let answer = try await host.webhook("inbound?id=1&from=1&to=41446681800&text=x&\(query)")
            #expect(answer.status == 401)
        }
        #expect(host.smsInbox.received.isEmpty)
    }

    @Test func getFormIsReceived() async throws {
        let host = try await makeHost()

        let answer = try await host.webhook(
            "inbound?\(Self.token)&from=41791234567&to=%2B41446681800&text=%D0%9F%D1%80%D0%B8&coding=0&charset=UTF-8&id=abc"
        )

        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(
            host.smsInbox.received == [
                InboundSMS(
                    carrier: KannelPlugin.id, carrierMessageID: "abc", from: "+41791234567", to: .acmeDesk, text: "При")
            ])
    }

    @Test func postFormIsReceived() async throws {
        let host = try await makeHost()

        let answer = try await host.webhook(
            "inbound?\(Self.token)&id=abc", method: .post,
            headers: [
                "x-kannel-from": "MyBank", "x-kannel-to": "41446681800",
                "content-type": "text/plain; charset=\"UTF-8\"",
            ], body: Array("Grüße".utf8))

        #expect(answer.status == 200)
        #expect(host.smsInbox.received.map(\.from) == ["MyBank"])
        #expect(host.smsInbox.received.map(\.text) == ["Grüße"])
    }

    @Test(arguments: [
        ("72404", "72404"), ("41791234567", "+41791234567"), ("%2B41791234567", "+41791234567"),
        ("+41791234567", "+41791234567"), ("MyBank", "MyBank"), ("0791234567", "0791234567"),
    ])
    func sendersAreNormalised(_ given: String, _ expected: String) async throws {
        let host = try await makeHost()

        _ = try await host.webhook("inbound?\(Self.token)&from=\(given)&to=41446681800&text=x&id=1")

        #expect(host.smsInbox.received.map(\.from) == [expected])
    }

    @Test func dataIsSaidToBeData() async throws {
        let host = try await makeHost()

        _ = try await host.webhook("inbound?\(Self.token)&from=41791234567&to=41446681800&text=%FF%00&coding=1&id=1")
        _ = try await host.webhook(
            "inbound?\(Self.token)&id=2", method: .post,
            headers: ["x-kannel-from": "41791234567", "x-kannel-to": "41446681800"], body: [0xFF, 0xFE, 0x80])

        #expect(host.smsInbox.received.allSatisfy { $0.text == "(A message arrived that holds data, not text.)" })
        #expect(host.smsInbox.received.count == 2)
    }

    @Test(arguments: [
        ("from=41791234567&to=41446681800&text=x", "kannel.id-missing"),
        ("to=41446681800&text=x&id=1", "kannel.sender-missing"),
        ("from=41791234567&to=13013&text=x&id=1", "kannel.recipient-invalid"),
    ])
    func incompleteRequestsSayWhatIsMissing(_ query: String, _ id: String) async throws {
        let host = try await makeHost()

        let answer = try await host.webhook("inbound?\(Self.token)&\(query)")

        #expect(answer.refusal?.id == id)
        #expect(answer.status == 400)
    }

    @Test func storeThatIsFullMakesKannelRepeat() async throws {
        let host = try await makeHost()
        host.smsInbox.refuse(with: PortalError(.unavailable(retryAfter: .seconds(5)), id: "store.full", "Full."))

        let answer = try await host.webhook("inbound?\(Self.token)&from=41791234567&to=41446681800&text=x&id=1")

        #expect(answer.status == 503)
    }

    @Test(arguments: [
        (1, "", DeliveryReport.Outcome.delivered), (8, "ACK/", .sent),
        (2, "id:1 sub:001 dlvrd:000 stat:UNDELIV err:001 text:x", .failed(reason: "The phone could not be reached.")),
        (2, "", .failed(reason: "The message could not be delivered to the phone.")),
        (16, "NACK/0x0000000b/Invalid Destination Address", .failed(reason: "There is no such number.")),
        (16, "NACK/0x00000045/Submit failed", .failed(reason: "The carrier has rejected the message: Submit failed.")),
    ])
    func receiptsAreReported(_ type: Int, _ answer: String, _ outcome: DeliveryReport.Outcome) async throws {
        let host = try await makeHost()
        let words = answer.replacing(" ", with: "+")

        let response = try await host.webhook("receipt?\(Self.token)&message=m1&part=2&type=\(type)&answer=\(words)")

        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(
            host.smsInbox.reports == [DeliveryReport(message: MessageID(rawValue: "m1"), part: 2, outcome: outcome)])
    }

    @Test func queuedSaysNothingNewAndNonsenseIsRefused() async throws {
        let host = try await makeHost()

        let queued = try await host.webhook("receipt?\(Self.token)&message=m1&part=1&type=4")
        let unknown = try await host.webhook("receipt?\(Self.token)&message=m1&part=1&type=3")
        let incomplete = try await host.webhook("receipt?\(Self.token)&message=m1")

        #expect([queued.status, unknown.status, incomplete.status] == [200, 400, 400])
        #expect(host.smsInbox.reports.isEmpty)
    }

    @Test func keepsTheRulesOfTheHouse() async {
        let settings: JSON = [
            "url": "http://127.0.0.1:24013/cgi-bin/sendsms", "username": "tester", "password": "foobar",
            "callbackURL": "http://127.0.0.1:8080", "webhookToken": "a-token-of-20-letters",
        ]

        #expect(await PluginConformance.findings(for: KannelPlugin.self, settings: settings) == [])
    }
}
