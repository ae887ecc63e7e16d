import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import UsageStats

@Suite struct UsageTests {
    let host: TestHost<UsageStatsPlugin>
    let bob = "+41791234567"

    init() async throws { host = try await TestHost() }

    private func summary(as person: TestPerson = .olga, _ query: String = "") async throws -> JSON {
        try await host.request(.get, "summary\(query)", as: person).json
    }

    private func receive(_ text: String) async throws -> Message {
        try await host.store.write { [host, bob] db in
            try host.conversations.receive(
                Arrival(kind: .sms, domain: .acme, remote: bob, to: .acmeDesk, text: text), in: db)
        }
    }

    private func send(_ text: String) async throws -> Message {
        let talk = try host.conversations.makeSMS(with: bob, through: .acmeDesk)
        return try await host.send(text, in: talk, as: .alice, from: .acmeDesk)
    }

    private func setState(_ state: DeliveryState, _ reason: String? = nil, of message: Message) async throws {
        try await host.store.write { [host] db in
            _ = try host.conversations.setState(state, reason: reason, of: message.id, isRetry: false, in: db)
        }
    }

    @Test("S67: sent, received, delivered and failed are counted as they are stored, and moved as they change")
    func countsAsItIsStored() async throws {
        _ = try await receive("Hello")
        let delivered = try await send("Good morning")
        let failed = try await send("Lost")
        try await setState(.accepted, of: delivered)
        try await setState(.delivered, of: delivered)
        try await setState(.failed, "The number is not in use.", of: failed)

        let figures = try await summary()

        #expect(figures["totals"]?["received"] == 1)
        #expect(figures["totals"]?["sent"] == 2)
        #expect(figures["totals"]?["delivered"] == 1)
        #expect(figures["totals"]?["failed"] == 1)
        #expect(figures["counters"]?["smsSentToday"] == 2)
        #expect(figures["counters"]?["smsReceivedThisMonth"] == 1)
        #expect(figures["counters"]?["smsReceivedLastMonth"] == 0)
        #expect(figures["reasons"] == [["reason": "The number is not in use.", "count": 1]])
        #expect(figures["numbers"]?.array?.first?["received"] == 1)
        #expect(figures["people"]?.array?.first?["name"] == "Alice Ammann")
    }

    @Test("A message that failed and then arrived is delivered and not failed")
    func failedAndThenDelivered() async throws {
        let message = try await send("Late")
        try await setState(.failed, "No answer.", of: message)
        try await setState(.delivered, of: message)

        let figures = try await summary()

        #expect(figures["totals"]?["delivered"] == 1)
        #expect(figures["totals"]?["failed"] == 0)
        #expect(figures["reasons"] == [])
    }

    @Test("First replies: from the first text that nobody had answered to a person's answer")
    func replyTimes() async throws {
        _ = try await receive("Anybody?")
        host.clock.advance(by: .seconds(60))
        _ = try await receive("Hello?")
        host.clock.advance(by: .seconds(540))
        _ = try await send("Here we are")
        _ = try await send("And more")

        let replies = try #require(try await summary()["replies"])

        #expect(replies["count"] == 1)
        let half = try #require(replies["p50"]?.int)
        #expect((570...630).contains(half))
    }

    @Test("Chats, opt-outs and video sessions are counted too, each session once")
    func whatIsNoText() async throws {
        let chat = try host.conversations.makeChat(among: [.alice, .bob])
        _ = try await host.send("Hi Bob", in: chat, as: .alice)
        try await host.store.write { [host] db in
            let session: JSON = ["sessionId": "s1", "conversationId": "c1"]
            for _ in 1...3 {
                try host.plugin.published(Event("video.session.changed", in: .acme, to: .domain, session), in: db)
            }
            try host.plugin.published(Event("sms.opt-out.added", in: .acme, to: .domain, [:]), in: db)
        }

        let figures = try await summary()

        #expect(figures["totals"]?["chats"] == 1)
        #expect(figures["totals"]?["sent"] == 0)
        #expect(figures["videoSessions"] == 1)
        #expect(figures["optOuts"] == 1)
    }

    @Test("S67: where SMS isn't in use there is nothing to see")
    func nothingWhereSMSIsNotInUse() async throws {
        host.oversight.setInUse(false, PluginID(rawValue: "sms"), in: .acme)

        #expect(try await summary() == ["isShown": false])
    }

    @Test("S68: one company's manager sees nothing of another's, and basic users nothing at all")
    func scopes() async throws {
        _ = try await receive("Hello")

        let globex = try await summary(as: .eve)
        #expect(globex["totals"]?["received"] == 0)
        #expect(try await host.request(.get, "summary?domain=acme.example", as: .eve).status == 404)
        #expect(try await host.request(.get, "summary", as: .alice).status == 403)
    }

    @Test("What was stored while nobody counted is counted at the next start, and a recount gives the same")
    func recountEqualsTheFigures() async throws {
        var generator = SplitMix64(seed: 7)
        var sent: [Message] = []
        for _ in 1...300 {
            host.clock.advance(by: .seconds(Int.random(in: 1...4000, using: &generator)))
            switch Int.random(in: 0...3, using: &generator) {
            case 0: _ = try await receive("In")
            case 1: sent.append(try await send("Out"))
            default:
                guard let message = sent.randomElement(using: &generator) else { continue }
                let isDelivered = Bool.random(using: &generator)
                try await setState(isDelivered ? .delivered : .failed, isDelivered ? nil : "No.", of: message)
            }
        }
        let live = try await summary(as: .olga, "?days=90")

        try await host.plugin.recount.begin()
        #expect(try await summary()["isCounting"] == true)
        let counted = try await host.whileRunning { [host] in
            try await eventually { try await summary()["isCounting"] == false }
            return try await host.request(.get, "summary?days=90", as: .olga).json
        }

        #expect(counted == live)
        #expect(live["totals"]?["received"] != 0)
    }
}

@Suite struct UsageConformanceTests {
    @Test("A6: the plugin keeps the rules of the house, and nothing of one domain shows in another")
    func keepsTheRulesOfTheHouse() async {
        // Which sessions were counted belongs to no domain.
        let findings = await PluginConformance.findings(
            for: UsageStatsPlugin.self, systemTables: ["usageVideo"]
        ) { host, person in
            let talk = try host.conversations.makeSMS(with: "+41791234567", through: .acmeDesk)
            _ = try await host.send("Hello", in: talk, as: person, from: .acmeDesk)
        }

        #expect(findings == [])
    }
}
