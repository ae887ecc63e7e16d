import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite struct RetentionTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation

    init() async throws {
        host = try await TestHost(SMSPlugin.self)
        thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
    }

    private func send(_ text: String) async throws -> Message {
        try await host.send(text, in: thread, as: .alice, from: .acmeDesk)
    }

    private func state(of message: Message) throws -> DeliveryState? {
        try host.store.readNow { db in try host.conversations.message(message.id, in: db)?.state }
    }

    private func rows(_ table: String) throws -> [String] {
        try host.store.readNow { db in try String.fetchAll(db, sql: "SELECT DISTINCT messageId FROM \(table)") }
    }

    @Test func recordsOfOldDeliveriesGoAndTheMessageStays() async throws {
        host.carriers.simulator.failNext(.permanent(reason: "There is no such number."))
        let failed = try await send("To nobody")
        let old = try await send("Hello")
        try await host.whileRunning { try await eventually { try state(of: old) == .accepted } }
        host.clock.advance(by: .seconds(90 * 86_400 - 60))
        let young = try await send("Hello again")
        try await host.whileRunning { try await eventually { try state(of: young) == .accepted } }
        #expect(try rows("smsOutbox").count == 3)

        host.clock.advance(by: .seconds(120))
        try await host.whileRunning {
            try await eventually { try rows("smsOutbox") == [young.id.rawValue] }
        }

        #expect(try rows("smsDelivery") == [young.id.rawValue])
        #expect(try rows("smsDeadLetter") == [])
        #expect(try state(of: old) == .accepted)
        let history = try await host.request(.get, "messages/\(old.id)/history", as: .alice)
        #expect(history.json["items"] == [])
        let retried = try await host.request(.post, "messages/\(failed.id)/retry", as: .alice)
        #expect(retried.refusal?.id == "sms.retry-too-late")
    }

    @Test("D7: what somebody wrote to a number that is none of ours isn't kept for ever")
    func whatCameForNobodyGoes() async throws {
        for day in [0, 50] {
            host.clock.advance(by: .seconds(day * 86_400))
            try await host.plugin.receive(
                InboundSMS(
                    carrier: PluginID(rawValue: "simulator"), carrierMessageID: "day \(day)", from: "+41791234567",
                    to: #require(PhoneNumber(e164: "+41446689999")), text: "Hello?"))
        }
        host.clock.advance(by: .seconds(41 * 86_400))

        try await host.whileRunning {
            try await eventually {
                try host.store.readNow { db in
                    try String.fetchAll(db, sql: "SELECT carrierMessageId FROM smsUnroutable")
                } == ["day 50"]
            }
        }
        // The id of a text that came is kept as long, so that a repetition of it is none.
        #expect(
            try host.store.readNow { db in
                try String.fetchAll(db, sql: "SELECT carrierMessageId FROM smsInbound")
            } == ["day 50"])
    }

    @Test func whatStillWaitsIsNeverForgotten() async throws {
        let waiting = try await send("Hello")
        host.clock.advance(by: .seconds(365 * 86_400))
        let retention = Retention(kept: .seconds(86_400), outbox: host.plugin.outbox, directory: host.directory)
        let now = host.clock.now

        let next = try await host.store.write { db in try retention.step(after: 0, now: now, in: db) }

        #expect(next == nil)
        #expect(try rows("smsOutbox") == [waiting.id.rawValue])
    }

    @Test("D7: a legal hold keeps how a message went until it is lifted") func holdKeepsDeliveryRecords() async throws {
        let held = try await send("Hello")
        try await host.whileRunning { try await eventually { try state(of: held) == .accepted } }
        host.conversations.hold(thread)
        host.clock.advance(by: .seconds(400 * 86_400))
        let retention = Retention(kept: .seconds(86_400), outbox: host.plugin.outbox, directory: host.directory)
        let now = host.clock.now

        _ = try await host.store.write { db in try retention.step(after: 0, now: now, in: db) }
        #expect(try rows("smsOutbox") == [held.id.rawValue])
        #expect(try rows("smsDelivery") == [held.id.rawValue])

        host.conversations.hold(thread, false)
        _ = try await host.store.write { db in try retention.step(after: 0, now: now, in: db) }
        #expect(try rows("smsDelivery") == [])
    }

    @Test func theyGoInSmallBatches() async throws {
        try host.store.writeNow { db in
            for id in 1...450 {
                try db.execute(
                    sql: """
                        INSERT INTO smsOutbox (domainId, messageId, part, parts, carrier, fromNumber, remote, text,
                            encoding, reference, state, attemptLimit, notBeforeAt, createdAt, changedAt)
                        VALUES ('acme', ?, 1, 1, 'simulator', '+41446681800', '+41791234567', 'x', 'gsm7', 0,
                            'delivered', 8, 0, 1, 1)
                        """, arguments: ["old-\(id)"])
            }
        }
        let retention = Retention(kept: .seconds(86_400), outbox: host.plugin.outbox, directory: host.directory)
        let now = host.clock.now

        let first = try await host.store.write { db in try retention.step(after: 0, now: now, in: db) }

        #expect(first == 200)
        #expect(try rows("smsOutbox").count == 250)
        try await host.whileRunning { try await eventually { try rows("smsOutbox").isEmpty } }
    }
}
