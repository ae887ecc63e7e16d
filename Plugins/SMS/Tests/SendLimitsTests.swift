import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite("What a domain may send at most")
struct SendLimitsTests {
    private func host(_ settings: JSON) async throws -> TestHost<SMSPlugin> {
        try await TestHost(SMSPlugin.self, settings: settings)
    }

    private func refusal(
        to remote: String, in host: TestHost<SMSPlugin>, text: String = "Hello"
    ) async throws -> String? {
        let thread = try host.conversations.makeSMS(with: remote, through: .acmeDesk)
        do {
            _ = try await host.send(text, in: thread, as: .alice, from: .acmeDesk)
            return nil
        } catch let error as PortalError {
            return error.id
        }
    }

    @Test("X14: numbers that cost extra are refused before a carrier is asked, unless the operator says otherwise")
    func premiumNumbers() async throws {
        let careful = try await host([:])
        let daring = try await host(["allowsPremiumRate": true])

        #expect(try await refusal(to: "+19005550142", in: careful) == "sms.destination-premium")
        #expect(try await refusal(to: "+19005550142", in: daring) == nil)
        #expect(try await refusal(to: "+16195550142", in: careful) == nil)
    }

    @Test("X14: only the countries that are listed are written to; a domain may have a list of its own")
    func destinations() async throws {
        let host = try await host(["destinations": ["+1", "+4179"]])
        let own = try await self.host([
            "destinations": ["+44"], "limitsByDomain": ["acme.example": ["destinations": ["+1"]]],
        ])

        #expect(try await refusal(to: "+16195550142", in: host) == nil)
        #expect(try await refusal(to: "+41791234567", in: host) == nil)
        #expect(try await refusal(to: "+41446681800", in: host) == "sms.destination-not-allowed")
        #expect(try await refusal(to: "+3725550142", in: host) == "sms.destination-not-allowed")
        #expect(try await refusal(to: "72404", in: host) == nil)
        #expect(try await refusal(to: "+447911123456", in: own) == "sms.destination-not-allowed")
        #expect(try await refusal(to: "+16195550142", in: own) == nil)
    }

    @Test("X14: the day's limit counts the parts of all the domain's messages, and passes with the day")
    func dailyLimit() async throws {
        let host = try await host(["segmentsPerDay": 5])

        #expect(try await refusal(to: "+16195550142", in: host, text: String(repeating: "a", count: 400)) == nil)
        #expect(try await refusal(to: "+16195550143", in: host) == nil)
        #expect(
            try await refusal(to: "+16195550144", in: host, text: String(repeating: "a", count: 200))
                == "sms.daily-limit")
        #expect(try await refusal(to: "+16195550144", in: host) == nil)
        #expect(try await refusal(to: "+16195550145", in: host) == "sms.daily-limit")
        host.clock.advance(by: .seconds(86_400))
        #expect(try await refusal(to: "+16195550145", in: host) == nil)
    }

    @Test("X14: at 80 per cent of the day's limit people and operator are told, once")
    func alarm() async throws {
        let host = try await host(["segmentsPerDay": 10])
        for n in 0..<10 { _ = try await refusal(to: "+161955501\(40 + n)", in: host) }

        let told = try host.events.published(named: "sms.usage.neared")

        #expect(told.count == 1)
        #expect(told.first?.body["sent"] == 8)
        #expect(told.first?.body["limit"] == 10)
    }

    @Test("X14: what STOP is answered with always goes out")
    func complianceReply() async throws {
        let host = try await host(["segmentsPerDay": 1])
        let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        _ = try await host.send("Hello", in: thread, as: .alice, from: .acmeDesk)

        let draft = Draft(
            conversation: thread, author: .plugin(SMSPlugin.id), purpose: .complianceReply,
            text: "You will get no more.", from: .acmeDesk)

        let decision = try host.store.readNow { db in try host.plugin.check(draft, in: db) }
        guard case .allow = decision else {
            Issue.record("refused: \(decision)")
            return
        }
    }
}
