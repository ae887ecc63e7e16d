import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

/// Eleven at night in Zurich, and a message that waits for the morning.
@Suite("What people do about a message that waits")
struct HeldMessageTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation
    var carrier: TestCarrier { host.carriers.simulator }

    init() async throws {
        host = try await TestHost(SMSPlugin.self, settings: ["quietHours": true])
        host.clock.advance(by: .seconds(12 * 3600))
        thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
    }

    private func send(_ text: String = "Your boat is ready.", _ quietHours: Draft.QuietHours = .hold) async throws
        -> Message
    {
        try await host.send(
            Draft(
                conversation: thread, author: .user(TestPerson.alice.id), text: text, from: .acmeDesk,
                quietHours: quietHours))
    }

    private func now(_ message: Message) throws -> Message {
        try #require(try host.store.readNow { db in try host.conversations.message(message.id, in: db) })
    }

    private func ask(_ deed: String, _ message: Message, as person: TestPerson = .alice) async throws -> TestAnswer {
        try await host.request(.post, "messages/\(message.id)/\(deed)", as: person)
    }

    @Test("U11: a message that waits can be sent now, once")
    func sentNow() async throws {
        let held = try await send()
        let foreign = try await ask("send-now", held, as: .eve)
        let answer = try await ask("send-now", held)

        #expect(foreign.status == 404)
        #expect(answer.status == 202)
        #expect(answer.json["message"]?["hold"]?["until"] == nil)
        try await host.whileRunning { try await eventually { try now(held).state == .accepted } }
        #expect(try await ask("send-now", held).refusal?.id == "sms.not-held")
        host.clock.advance(by: .seconds(9 * 3600))
        try await host.whileRunning { try await host.clock.waitForSleepers() }
        #expect(carrier.submitted.count == 1)
    }

    @Test("U11: a message that waits can be taken back, and then never goes")
    func takenBack() async throws {
        let held = try await send()
        let foreign = try await ask("take-back", held, as: .eve)
        let answer = try await ask("take-back", held)

        #expect(foreign.status == 404)
        #expect(answer.json["message"]?["state"] == "failed")
        #expect(try await ask("take-back", held).refusal?.id == "sms.not-held")
        #expect(try await ask("send-now", held).refusal?.id == "sms.not-held")
        host.clock.advance(by: .seconds(9 * 3600))
        try await host.whileRunning { try await host.clock.waitForSleepers() }
        #expect(carrier.submitted.isEmpty)
    }

    @Test("U11: one that is sent now can't pass an opt-out")
    func optedOutMeanwhile() async throws {
        let held = try await send()
        _ = try await host.request(.put, "opt-outs/+41791234567", as: .olga)

        #expect(try await ask("send-now", held).refusal?.id == "sms.recipient-opted-out")
    }

    @Test("U11: what waits for the morning holds nothing up, and its parts stay together")
    func othersPass() async throws {
        _ = try await send(String(repeating: "Ahoy ", count: 60))
        let urgent = try await send("Fire!", .send)
        _ = try await send("Second")

        try await host.whileRunning {
            try await eventually { try now(urgent).state == .accepted }
            try await host.clock.waitForSleepers()
            host.clock.advance(by: .seconds(9 * 3600))
            try await eventually { carrier.submitted.count == 4 }
        }

        #expect(
            carrier.submitted.map { $0.parts == 2 ? "part \($0.part)" : $0.text } == [
                "Fire!", "part 1", "part 2", "Second",
            ])
    }

    @Test("U11: a message that failed and is tried again at night waits, and others pass it")
    func retryWaits() async throws {
        carrier.failNext(.permanent(reason: "Blocked."))
        let failed = try await send("First", .send)
        try await host.whileRunning { try await eventually { try now(failed).state == .failed } }
        let answer = try await ask("retry", failed)

        #expect(answer.json["message"]?["hold"]?["timeZone"] == "Europe/Zurich")
        let urgent = try await send("Urgent", .send)
        try await host.whileRunning {
            try await eventually { try now(urgent).state == .accepted }
            host.clock.advance(by: .seconds(9 * 3600))
            try await eventually { try now(failed).state == .accepted }
        }
        #expect(carrier.submitted.map(\.text) == ["First", "Urgent", "First"])
    }

    @Test("F14: a report that is repeated says nothing of a message that is tried again and hasn't gone out yet")
    func reportOfAnEndedAttempt() async throws {
        carrier.failNext(.permanent(reason: "Blocked."))
        let failed = try await send("First", .send)
        try await host.whileRunning { try await eventually { try now(failed).state == .failed } }
        _ = try await ask("retry", failed)

        for outcome in [DeliveryReport.Outcome.sent, .failed(reason: "Gone.")] {
            _ = try host.store.writeNow { db in
                try host.plugin.outbox.apply(DeliveryReport(message: failed.id, part: 1, outcome: outcome), in: db)
            }
        }

        #expect(try now(failed).state == .pending)
        try await host.whileRunning {
            host.clock.advance(by: .seconds(9 * 3600))
            try await eventually { try now(failed).state == .accepted }
        }
        #expect(carrier.submitted.count == 2)
    }

    @Test("U11: an administrator who hurries the outbox doesn't wake anybody")
    func administratorHurries() async throws {
        let held = try await send()
        _ = try await host.request(.post, "outbox/\(held.id)/retry", as: .olga)

        try await host.whileRunning { try await host.clock.waitForSleepers() }

        #expect(carrier.submitted.isEmpty)
        #expect(try now(held).hold?.timeZone == "Europe/Zurich")
    }

    @Test("U11: the composer hears of the night before anything is typed")
    func composerIsTold() throws {
        let empty = Draft(conversation: thread, author: .user(TestPerson.alice.id), text: "", from: .acmeDesk)
        let decision = try host.store.readNow { db in try host.plugin.check(empty, in: db) }

        guard case .hold(let hold) = decision else {
            Issue.record("not held: \(decision)")
            return
        }
        #expect(hold.timeZone == "Europe/Zurich")
    }
}
