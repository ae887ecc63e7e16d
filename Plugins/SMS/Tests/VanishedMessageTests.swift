import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

/// What must not go out any more, though it was in the outbox or with the carrier when that was decided.
@Suite struct VanishedMessageTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation
    private let simulator = PluginID(rawValue: "simulator")
    private let customer = PhoneNumber.customer.e164

    init() async throws {
        host = try await TestHost(SMSPlugin.self, settings: ["submitTimeoutSeconds": 20])
        thread = try host.conversations.makeSMS(with: customer, through: .acmeDesk)
    }

    private func send(_ text: String, in conversation: Conversation? = nil) async throws -> Message {
        try await host.send(text, in: conversation ?? thread, as: .alice, from: .acmeDesk)
    }

    private func state(of message: Message) throws -> DeliveryState? {
        try host.store.readNow { db in try host.conversations.message(message.id, in: db)?.state }
    }

    private func count(_ table: String) throws -> Int {
        try host.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    private func stop() async throws {
        try await host.plugin.receive(
            InboundSMS(carrier: simulator, carrierMessageID: "stop", from: customer, to: .acmeDesk, text: "STOP"))
    }

    @Test("D7: STOP that comes while a message is with its carrier stops the next attempt; its own answer goes out")
    func stopWhileWithTheCarrier() async throws {
        let stuck = StuckCarrier()
        host.carriers.set(stuck, as: simulator)
        let sent = try await send("Our offer")

        try await host.whileRunning {
            try await eventually { stuck.attempts == [1] }
            try await stop()
            host.carriers.set(host.carriers.simulator, as: simulator)
            host.carriers.simulator.failNext(.temporary(reason: "Not now."))
            try await host.clock.waitForSleepers()
            host.clock.advance(by: .seconds(20))
            try await host.untilWaitingAgain(after: 1)
            try await eventually {
                host.clock.advance(by: .seconds(5))
                return host.carriers.simulator.submitted.count == 1
            }
        }

        #expect(try state(of: sent) == .failed)
        #expect(host.carriers.simulator.submitted.map(\.text).allSatisfy { $0 != "Our offer" })
    }

    @Test("What waits in a domain or a conversation that is removed isn't sent; what waits behind it is")
    func conversationIsGone() async throws {
        let other = try host.conversations.makeSMS(with: "+41790000000", through: .acmeDesk)
        let gone = try await send("To nobody any more")
        _ = try await send("To somebody else", in: other)
        try host.store.writeNow { db in
            try db.execute(sql: "DELETE FROM message WHERE id = ?", arguments: [gone.id])
        }

        try await host.whileRunning {
            try await eventually { host.carriers.simulator.submitted.count == 1 }
            try await eventually { try count("smsLane") == 0 }
        }

        #expect(host.carriers.simulator.submitted.map(\.text) == ["To somebody else"])
        #expect(try count("smsOutbox") == 1)
    }

    @Test("D7: a message that waits can be removed for good, and the next of its destination goes")
    func waitingMessageIsForgotten() async throws {
        let first = try await send("First")
        let second = try await send("Second")

        try host.store.writeNow { db in try host.plugin.forget([first.id], of: first.domain, in: db) }
        try await host.whileRunning { try await eventually { try state(of: second) == .accepted } }

        #expect(host.carriers.simulator.submitted.map(\.text) == ["Second"])
    }

    @Test("D7: texts that went out for a domain go with it") func domainIsGone() async throws {
        let sent = try await send("Hello")
        try await host.whileRunning { try await eventually { try state(of: sent) == .accepted } }
        try host.store.writeNow { db in
            try db.execute(
                sql: """
                    UPDATE smsOutbox SET domainId = 'removed.example';
                    UPDATE smsDelivery SET domainId = 'removed.example';
                    """)
        }

        try await host.whileRunning { try await eventually { try count("smsOutbox") == 0 } }

        #expect(try count("smsDelivery") == 0)
    }
}
