import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Simulator

@Suite struct SimulatorTests {
    private func makeHost(_ settings: JSON = [:]) async throws -> TestHost<SimulatorPlugin> {
        let quick: [String: JSON] = [
            "shortestLatencyMilliseconds": 0, "longestLatencyMilliseconds": 0, "receiptDelayMilliseconds": 400,
        ]
        return try await TestHost(
            SimulatorPlugin.self, settings: .object(quick.merging(settings.object ?? [:]) { $1 }))
    }

    private func sms(to: String = "+41791234567", id: String = "m1", attempt: Int = 1, text: String = "Hello")
        -> OutboundSMS
    {
        OutboundSMS(
            id: MessageID(rawValue: id), from: .acmeDesk, to: to, text: text, encoding: .gsm7, part: 1, parts: 1,
            reference: 1, attempt: attempt)
    }

    @Test func messageRingsThePhoneAndReceiptsComeBack() async throws {
        let host = try await makeHost()

        let id = try await host.plugin.submit(sms())
        try await host.whileRunning {
            for count in 1...2 {
                try await host.clock.waitForSleepers()
                host.clock.advance(by: .milliseconds(400))
                try await eventually { host.smsInbox.reports.count >= count }
            }
        }

        let phones = try await host.request(.get, "phones", as: .alice)
        let phone = try #require(phones.json["items"]?.array?.first)
        #expect(id != nil)
        #expect(phone["number"] == "+41791234567")
        #expect(phone["messages"]?.array?.map { $0["text"] } == ["Hello"])
        #expect(host.smsInbox.reports.map(\.outcome) == [.sent, .delivered])
    }

    @Test func repeatedAttemptShowsOnceAndIsLoggedTwice() async throws {
        let host = try await makeHost()

        _ = try await host.plugin.submit(sms(attempt: 1))
        _ = try await host.plugin.submit(sms(attempt: 2))

        let counts = try host.store.readNow { db in
            [
                try Int.fetchOne(db, sql: "SELECT count(*) FROM simulatorMessage"),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM simulatorSubmit"),
            ]
        }
        #expect(counts == [1, 2])
    }

    @Test(arguments: [
        ("+41790000000", CarrierError.permanent(reason: "There is no such number.")),
        ("+41790000001", .temporary(reason: "The carrier asks to send more slowly.")),
        ("+41790000006", .temporary(reason: "The connection to the carrier broke off.")),
        ("+41790000009", .temporary(reason: "The carrier's queue is full.")),
    ])
    func magicDestinationsRefuse(_ number: String, _ error: CarrierError) async throws {
        let host = try await makeHost()

        await #expect(throws: error) { try await host.plugin.submit(sms(to: number)) }
    }

    @Test(
        arguments: [
            ("0002", [DeliveryReport.Outcome.sent, .failed(reason: "The phone could not be reached.")]), ("0004", []),
            ("0007", [.sent, .delivered]), ("0008", [.delivered, .sent, .delivered]),
            ("0010", [.failed(reason: "The carrier has rejected the message.")]),
        ] as [(String, [DeliveryReport.Outcome])])
    func magicDestinationsReport(_ digits: String, _ outcomes: [DeliveryReport.Outcome]) throws {
        let settings = try SimulatorSettings(
            Settings([
                "seed": 1, "window": 1, "shortestLatencyMilliseconds": 0, "longestLatencyMilliseconds": 0,
                "receiptDelayMilliseconds": 0, "temporaryFailurePercent": 0, "undeliveredPercent": 0,
                "silenceSeconds": 1,
            ]))

        #expect(Fate(of: sms(to: "+4179000" + digits), settings: settings).receipts.map(\.outcome) == outcomes)
    }

    @Test func throttledTwiceThenTaken() async throws {
        let host = try await makeHost()

        _ = try await host.plugin.submit(sms(to: "+41790000001", attempt: 3))

        #expect(host.clock.sleeperCount == 0)
    }

    @Test func receiptMayOvertakeTheAnswer() async throws {
        let host = try await makeHost()

        _ = try await host.plugin.submit(sms(to: "+41790000007"))

        #expect(host.smsInbox.reports.map(\.outcome) == [.sent, .delivered])
    }

    @Test func theSameSeedGivesTheSameFate() throws {
        let settings = try SimulatorSettings(
            Settings([
                "seed": 7, "window": 1, "shortestLatencyMilliseconds": 5, "longestLatencyMilliseconds": 500,
                "receiptDelayMilliseconds": 10, "temporaryFailurePercent": 50, "undeliveredPercent": 50,
                "silenceSeconds": 1,
            ]))
        let fates = (0..<200).map { Fate(of: sms(id: "m\($0)"), settings: settings) }
        let again = (0..<200).map { Fate(of: sms(id: "m\($0)"), settings: settings) }

        #expect(fates.map(\.latency) == again.map(\.latency))
        #expect(fates.map(\.answer) == again.map(\.answer))
        #expect((60...140).contains(fates.count { $0.answer != .accepted }))
    }

    @Test func customerAnswersFromThePhone() async throws {
        let host = try await makeHost()

        let answer = try await host.request(
            .post, "phones/079%20123%2045%2067/messages", as: .alice,
            json: ["to": "+41446681800", "text": "Hi!", "id": "x1"])
        let foreign = try await host.request(
            .post, "phones/+41791234567/messages", as: .eve, json: ["to": "+41446681800", "text": "Hi!"])

        #expect(answer.status == 201)
        #expect(foreign.status == 404)
        #expect(host.smsInbox.received.map(\.from) == ["+41791234567"])
        #expect(host.smsInbox.received.map(\.carrierMessageID) == ["acme.example/x1"])
    }

    @Test("A6: the plugin keeps the rules of the house, and nothing of one domain shows in another")
    func keepsTheRulesOfTheHouse() async {
        let findings = await PluginConformance.findings(
            for: SimulatorPlugin.self, settings: ["shortestLatencyMilliseconds": 0, "longestLatencyMilliseconds": 0],
            systemTables: ["simulatorSubmit", "simulatorReceipt"]
        ) { host, person in
            _ = try await host.request(
                .post, "phones/+41791234567/messages", as: person, json: ["to": "+41446681800", "text": "A secret."])
        }

        #expect(findings == [])
    }
}
