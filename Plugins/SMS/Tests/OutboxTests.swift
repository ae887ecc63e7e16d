import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite struct OutboxTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation
    var carrier: TestCarrier { host.carriers.simulator }

    init() async throws {
        host = try await TestHost(SMSPlugin.self)
        thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
    }

    private func send(_ text: String, in conversation: Conversation? = nil) async throws -> Message {
        try await host.send(text, in: conversation ?? thread, as: .alice, from: .acmeDesk)
    }

    private func message(_ message: Message) throws -> Message {
        let stored = try host.store.readNow { db in try host.conversations.message(message.id, in: db) }
        return try #require(stored)
    }

    @Test func messageStartsPendingAndCountsItsSegments() async throws {
        let sent = try await send(String(repeating: "€", count: 153))

        #expect(sent.state == .pending)
        #expect(sent.segments == 3)
    }

    @Test func carrierTakesItAndReportsMoveIt() async throws {
        let sent = try await send("Hello")
        try await host.whileRunning {
            try await eventually { try message(sent).state == .accepted }
            try await host.plugin.report(DeliveryReport(message: sent.id, part: 1, outcome: .sent))
            try await host.plugin.report(DeliveryReport(message: sent.id, part: 1, outcome: .delivered))
            // Late and repeated: nothing moves back.
            try await host.plugin.report(DeliveryReport(message: sent.id, part: 1, outcome: .sent))
        }

        #expect(try message(sent).state == .delivered)
        #expect(carrier.submitted.map(\.text) == ["Hello"])
        #expect(carrier.submitted.map(\.attempt) == [1])
    }

    @Test func historyTellsEveryStep() async throws {
        let sent = try await send("Hello")
        try await host.whileRunning {
            try await eventually { try message(sent).state == .accepted }
            try await host.plugin.report(
                DeliveryReport(message: sent.id, part: 1, outcome: .failed(reason: "The phone was off.")))
        }

        let answer = try await host.request(.get, "messages/\(sent.id)/history", as: .bob)
        let stranger = try await host.request(.get, "messages/\(sent.id)/history", as: .eve)

        let items = try #require(answer.json["items"]?.array)
        #expect(items.map { $0["state"]?.string } == ["pending", "accepted", "failed"])
        #expect(items.last?["reason"] == "The phone was off.")
        #expect(stranger.status == 404)
    }

    @Test func longMessageIsDeliveredWhenAllItsPartsAre() async throws {
        let sent = try await send(String(repeating: "a", count: 400))
        try await host.whileRunning {
            try await eventually { try message(sent).state == .accepted }
            for part in [3, 1] {
                try await host.plugin.report(DeliveryReport(message: sent.id, part: part, outcome: .delivered))
            }
            #expect(try message(sent).state == .accepted)
            try await host.plugin.report(DeliveryReport(message: sent.id, part: 2, outcome: .delivered))
        }

        #expect(try message(sent).state == .delivered)
        #expect(carrier.submitted.map(\.part) == [1, 2, 3])
        #expect(Set(carrier.submitted.map(\.reference)).count == 1)
    }

    @Test("F16: a permanent refusal is not repeated, and said at once")
    func permanentRefusalFails() async throws {
        carrier.failNext(.permanent(reason: "There is no such number."))
        let sent = try await send("Hello")
        try await host.whileRunning { try await eventually { try message(sent).state == .failed } }

        #expect(try message(sent).reason == "There is no such number.")
        #expect(carrier.submitted.count == 1)
    }

    @Test("F15: a temporary refusal is repeated later, and nothing to the same phone overtakes it")
    func temporaryRefusalIsRepeatedInOrder() async throws {
        carrier.failNext(.temporary(reason: "Busy."))
        let other = try host.conversations.makeSMS(with: "+41791234568", through: .acmeDesk)
        let first = try await send("first")
        let second = try await send("second")
        let elsewhere = try await send("elsewhere", in: other)

        try await host.whileRunning {
            try await eventually { try message(elsewhere).state == .accepted }
            #expect(carrier.submitted.map(\.text) == ["first", "elsewhere"])
            // In steps: the worker may have read the clock before it was moved.
            try await eventually {
                guard try message(second).state != .accepted else { return true }
                host.clock.advance(by: .milliseconds(200))
                return false
            }
        }

        #expect(try message(first).state == .accepted)
        #expect(carrier.submitted.map(\.text) == ["first", "elsewhere", "first", "second"])
        #expect(carrier.submitted.map(\.attempt) == [1, 1, 2, 1])
    }

    @Test("F14: after eight attempts it is given up; a retry by hand goes on with the same id")
    func deadLetterCanBeRetried() async throws {
        for _ in 1...8 { carrier.failNext(.temporary(reason: "Busy.")) }
        let sent = try await send("Hello")
        try await host.whileRunning {
            for attempt in 1...7 {
                try await host.untilWaitingAgain(after: attempt)
                host.clock.advance(by: .seconds(360))
            }
            try await eventually { try message(sent).state == .failed }
            let letters = try await host.request(.get, "dead-letters", as: .olga)
            #expect(letters.json["items"]?.array?.first?["messageId"] == .string(sent.id.rawValue))
            #expect(letters.json["items"]?.array?.first?["attempts"] == 8)

            let foreign = try await host.request(.post, "messages/\(sent.id)/retry", as: .eve)
            #expect(foreign.status == 404)
            let retried = try await host.request(.post, "messages/\(sent.id)/retry", as: .alice)
            #expect(retried.status == 202)
            #expect(retried.json["message"]?["id"] == .string(sent.id.rawValue))
            try await eventually { try message(sent).state == .accepted }
        }

        #expect(carrier.submitted.map(\.attempt) == Array(1...9))
        #expect(Set(carrier.submitted.map(\.id)) == [sent.id])
        let letters = try await host.request(.get, "dead-letters", as: .olga)
        #expect(letters.json["items"] == [])
    }

    @Test func onlyWhatHasFailedCanBeRetried() async throws {
        let sent = try await send("Hello")

        let answer = try await host.request(.post, "messages/\(sent.id)/retry", as: .alice)

        #expect(answer.refusal?.id == "sms.not-failed")
    }

    @Test("F3: what was under way at a crash is repeated, and its attempt says so")
    func crashBetweenSubmitAndAnswerIsRepeated() async throws {
        let stuck = StuckCarrier()
        host.carriers.set(stuck, as: PluginID(rawValue: "simulator"))
        let sent = try await send("Hello")
        // The end of run() while a submit hangs is what a crash leaves behind: an attempt without an answer.
        try await host.whileRunning { try await eventually { stuck.attempts == [1] } }
        host.carriers.set(carrier, as: PluginID(rawValue: "simulator"))
        try await host.whileRunning { try await eventually { try message(sent).state == .accepted } }

        #expect(carrier.submitted.map(\.attempt) == [2])
    }

    @Test("F17: a report that comes before the answer counts")
    func reportBeforeAnswerCounts() async throws {
        let stuck = StuckCarrier()
        host.carriers.set(stuck, as: PluginID(rawValue: "simulator"))
        let sent = try await send("Hello")
        try await host.whileRunning {
            try await eventually { stuck.attempts == [1] }
            try await host.plugin.report(DeliveryReport(message: sent.id, part: 1, outcome: .delivered))
        }
        host.carriers.set(carrier, as: PluginID(rawValue: "simulator"))
        let next = try await send("Next")
        try await host.whileRunning { try await eventually { try message(next).state == .accepted } }

        #expect(try message(sent).state == .delivered)
        #expect(carrier.submitted.map(\.text) == ["Next"])
    }

    @Test func reportForAnUnknownMessageChangesNothing() async throws {
        let unknown = DeliveryReport(message: MessageID(rawValue: "nobody"), part: 1, outcome: .delivered)

        await #expect(throws: Never.self) { try await host.plugin.report(unknown) }
    }

    @Test func wholeMessagesGoToCarriersThatSplit() async throws {
        let splitting = TestCarrier(takesParts: false)
        host.carriers.set(splitting, as: PluginID(rawValue: "simulator"))
        let sent = try await send(String(repeating: "a", count: 400))
        try await host.whileRunning { try await eventually { try message(sent).state == .accepted } }

        #expect(sent.segments == 3)
        #expect(splitting.submitted.map(\.text.count) == [400])
    }

    @Test("F21: a carrier's window bounds what is under way")
    func windowBoundsSubmits() async throws {
        let stuck = StuckCarrier(window: 3)
        host.carriers.set(stuck, as: PluginID(rawValue: "simulator"))
        for digit in 0..<6 {
            let thread = try host.conversations.makeSMS(with: "+4179123460\(digit)", through: .acmeDesk)
            _ = try await send("Hello", in: thread)
        }
        try await host.whileRunning { try await eventually { stuck.attempts.count == 3 } }

        let underWay = try host.store.readNow { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM smsOutbox WHERE state = 'submitting'")
        }
        #expect(underWay == 3)
    }
}
