import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite struct InboxTests {
    let host: TestHost<SMSPlugin>

    init() async throws {
        host = try await TestHost(SMSPlugin.self)
    }

    private func inbound(
        _ text: String, id: String, from: String = PhoneNumber.customer.e164, to: PhoneNumber = .acmeDesk
    )
        -> InboundSMS
    {
        InboundSMS(
            carrier: PluginID(rawValue: "simulator"), carrierMessageID: id, from: from, to: to, text: text)
    }

    private func thread(with remote: String = PhoneNumber.customer.e164) throws -> [Message] {
        try host.conversations.messages(of: host.conversations.makeSMS(with: remote, through: .acmeDesk))
    }

    @Test func inboundMessageIsStored() async throws {
        try await host.plugin.receive(inbound("Hi there", id: "a"))

        #expect(try thread().map(\.text) == ["Hi there"])
        #expect(try thread().map(\.state) == [.received])
    }

    @Test("F18: ten concurrent repeats of one message are one message, and all succeed")
    func repeatsAreOneMessage() async throws {
        try await withThrowingTaskGroup { group in
            for _ in 1...10 { group.addTask { try await host.plugin.receive(inbound("Once", id: "same")) } }
            try await group.waitForAll()
        }

        #expect(try thread().map(\.text) == ["Once"])
    }

    @Test func messageForNobodyIsKeptAside() async throws {
        try await host.plugin.receive(inbound("Hello?", id: "a", to: PhoneNumber(e164: "+41446689999")!))
        try host.numbers.setSMS(false, of: .acmeDesk)
        try await host.plugin.receive(inbound("Hello?", id: "b"))

        let reasons = try host.store.readNow { db in
            try String.fetchAll(db, sql: "SELECT reason FROM smsUnroutable ORDER BY carrierMessageId")
        }
        #expect(reasons == ["sms.number-unknown", "sms.number-without-sms"])
        #expect(try thread().isEmpty)
        #expect(!host.log.lines.contains { $0.facts.values.contains { $0.contains("44668") || $0.contains("Hello") } })
    }

    @Test(arguments: ["STOP", "stop", " Stop. ", "STOPALL", "Unsubscribe!", "arrêt", "ARRET", "Stopp"])
    func optOutWordStopsMessages(_ word: String) async throws {
        try await host.plugin.receive(inbound(word, id: "a"))
        try await host.plugin.receive(inbound(word, id: "b"))
        let conversation = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        let refusal = await #expect(throws: PortalError.self) {
            try await host.send("Please?", in: conversation, as: .alice, from: .aliceDirect)
        }

        #expect(refusal?.id == "sms.recipient-opted-out")
        #expect(try thread().map(\.state) == [.received, .pending, .received], "one confirmation, not two")
        #expect(try host.events.published(named: "sms.opt-out.added").count == 1)
    }

    @Test func optOutCancelsWhatWaits() async throws {
        let conversation = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        let waiting = try await host.send("Offer!", in: conversation, as: .alice, from: .acmeDesk)
        try await host.plugin.receive(inbound("STOP", id: "a"))
        try await host.whileRunning { try await eventually { host.carriers.simulator.submitted.count == 1 } }

        let stored = try host.store.readNow { db in try host.conversations.message(waiting.id, in: db) }
        #expect(stored?.state == .failed)
        #expect(stored?.reason == "The recipient has asked for no more messages.")
        #expect(host.carriers.simulator.submitted.map(\.text).first?.contains("no more messages") == true)
    }

    @Test func startTakesAnOptOutBack() async throws {
        try await host.plugin.receive(inbound("STOP", id: "a"))
        try await host.plugin.receive(inbound("START", id: "b"))
        let conversation = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)

        let sent = try await host.send("Welcome back", in: conversation, as: .alice, from: .acmeDesk)

        #expect(sent.state == .pending)
        #expect(try host.events.published(named: "sms.opt-out.removed").count == 1)
    }

    @Test func yesIsAnOrdinaryAnswer() async throws {
        try await host.plugin.receive(inbound("Yes", id: "a"))

        #expect(try thread().map(\.text) == ["Yes"])
    }

    @Test func helpIsAnsweredWithTheDomainsName() async throws {
        try await host.plugin.receive(inbound("help", id: "a"))

        let name = try host.store.readNow { db in try host.directory.domain(.acme, in: db)?.name }
        #expect(try thread().count == 2)
        #expect(try thread().last?.text.contains(try #require(name)) == true)
    }

    @Test(arguments: ["please stop texting me", "Stop. Thank you", "Merci de ne plus recevoir vos SMS"])
    func likelyOptOutIsLeftToAPerson(_ text: String) async throws {
        try await host.plugin.receive(inbound(text, id: "a"))

        #expect(try thread().count == 1)
        #expect(try host.events.published(named: "sms.opt-out.suspected").count == 1)
        #expect(try host.events.published(named: "sms.opt-out.added").isEmpty)
    }

    @Test(arguments: [
        "Don't stop by before noon, please, we are still away", "See you at the bus stop", "The end is near now",
    ])
    func ordinaryTextsAreNotSuspected(_ text: String) async throws {
        try await host.plugin.receive(inbound(text, id: "a"))

        #expect(try host.events.published.allSatisfy { !$0.name.hasPrefix("sms.") })
    }

    @Test func stopOfAnAlphanumericSenderIsStoredWithoutAnswer() async throws {
        try await host.plugin.receive(inbound("STOP", id: "a", from: "MyBank"))

        #expect(try thread(with: "MyBank").map(\.text) == ["STOP"])
    }

    @Test func administratorsKeepTheList() async throws {
        let added = try await host.request(.put, "opt-outs/079%20123%2045%2067", as: .olga)
        let listed = try await host.request(.get, "opt-outs", as: .olga)
        let foreign = try await host.request(.get, "opt-outs", as: .eve)
        let byUser = try await host.request(.get, "opt-outs", as: .alice)
        let removed = try await host.request(.delete, "opt-outs/+41791234567", as: .olga)
        let again = try await host.request(.delete, "opt-outs/+41791234567", as: .olga)

        #expect([added.status, removed.status, again.status, byUser.status] == [204, 204, 404, 403])
        #expect(listed.json["items"]?.array?.map { $0["remote"] } == ["+41791234567"])
        #expect(foreign.json["items"] == [])
    }
}
