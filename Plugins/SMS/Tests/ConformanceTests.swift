import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite struct ConformanceTests {
    @Test("A6: the plugin keeps the rules of the house, and nothing of one domain shows in another")
    func keepsTheRulesOfTheHouse() async {
        // What is for nobody belongs to no domain.
        let findings = await PluginConformance.findings(for: SMSPlugin.self, systemTables: ["smsUnroutable"]) {
            host, person in
            let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
            host.carriers.simulator.failNext(.permanent(reason: "Secret reason of Acme's carrier."))
            _ = try await host.send("Hello", in: thread, as: person, from: .acmeDesk)
            try await host.plugin.receive(
                InboundSMS(
                    carrier: PluginID(rawValue: "simulator"), carrierMessageID: "seeded-1",
                    from: PhoneNumber.customer.e164, to: .acmeDesk, text: "STOP"))
        }

        #expect(findings == [])
    }

    @Test func segmentsAreCountedForTheComposer() async throws {
        let host = try await TestHost(SMSPlugin.self)

        let answer = try await host.request(.post, "segments", as: .alice, json: ["text": "Grüße €"])
        let bad = try await host.request(.post, "segments", as: .alice, json: ["txt": "x"])

        #expect(answer.json == ["encoding": "gsm7", "segments": 1, "characters": 8, "remaining": 152])
        #expect(bad.refusal?.id == "body.invalid")
    }

    @Test(arguments: [1, 2, 3, 8, 50]) func backoffGrowsToItsLimit(_ attempt: Int) {
        let backoff = Backoff(shortest: .seconds(1), longest: .seconds(300))
        let steps: [Int: Int] = [1: 1000, 2: 3000, 3: 9000]
        let step = steps[attempt] ?? 250_000
        let delays = (1...100).map { backoff.delay(after: attempt, of: $0).milliseconds }

        #expect(delays.allSatisfy { ($0 + 1) * 10 >= step * 8 })
        #expect(delays.allSatisfy { $0 * 10 <= step * 12 })
        #expect(Set(delays).count > 10)
    }

    @Test(arguments: [["language": "xx"], ["shortestRetrySeconds": 400]] as [JSON])
    func contradictorySettingsAreDeclined(_ settings: JSON) async throws {
        let error = await #expect(throws: PortalError.self) { try await TestHost(SMSPlugin.self, settings: settings) }

        #expect(error?.id == "settings.contradiction")
    }
}
