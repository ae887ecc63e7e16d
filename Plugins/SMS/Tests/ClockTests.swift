import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite("A clock that somebody sets")
struct ClockTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation
    var carrier: TestCarrier { host.carriers.simulator }

    init() async throws {
        host = try await TestHost(SMSPlugin.self, settings: ["messagesPerMinute": 2])
        thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
    }

    private func send(_ text: String) async throws -> Message {
        try await host.send(text, in: thread, as: .alice, from: .acmeDesk)
    }

    private func state(of message: Message) throws -> DeliveryState? {
        try host.store.readNow { db in try host.conversations.message(message.id, in: db)?.state }
    }

    @Test(
        "F30: set by an hour, the clock makes no pause before the next attempt shorter or longer",
        arguments: [3600, -3600, 1800, -1800])
    func pausesAreAsLongAsTheyWere(seconds: Int) async throws {
        for _ in 1...2 { carrier.failNext(.temporary(reason: "Busy.")) }
        let sent = try await send("Hello")

        try await host.whileRunning {
            try await host.untilWaitingAgain(after: 1)
            host.clock.jump(by: .seconds(seconds))
            host.clock.advance(by: .milliseconds(1300))
            try await host.untilWaitingAgain(after: 2)
            host.clock.jump(by: .seconds(-seconds))
            host.clock.advance(by: .milliseconds(500))
            #expect(carrier.submitted.count == 2)
            host.clock.advance(by: .milliseconds(3300))
            try await eventually { try state(of: sent) == .accepted }
        }

        #expect(carrier.submitted.map(\.attempt) == [1, 2, 3])
    }

    @Test("F30: a second that comes twice or not at all neither loses nor repeats an attempt", arguments: [1, -1])
    func leapSecond(seconds: Int) async throws {
        carrier.failNext(.temporary(reason: "Busy."))
        let sent = try await send("Hello")

        try await host.whileRunning {
            try await host.untilWaitingAgain(after: 1)
            host.clock.jump(by: .seconds(seconds))
            // The first pause is of a second or so; a leap second may make it one longer.
            host.clock.advance(by: .milliseconds(2500))
            try await eventually { try state(of: sent) == .accepted }
        }

        #expect(carrier.submitted.map(\.attempt) == [1, 2])
    }

    @Test(
        "F30: over the hour that Europe has twice or not at all, pauses before attempts are as long as on other days",
        arguments: [1_774_745_999, 1_792_889_999])
    func summerTime(atOneSecondBefore change: Double) async throws {
        let host = try await TestHost(
            SMSPlugin.self, clock: TestClock(at: Date(timeIntervalSince1970: change)))
        for _ in 1...2 { host.carriers.simulator.failNext(.temporary(reason: "Busy.")) }
        let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        let sent = try await host.send("Hello", in: thread, as: .alice, from: .acmeDesk)

        try await host.whileRunning {
            try await host.untilWaitingAgain(after: 1)
            host.clock.advance(by: .milliseconds(1300))
            try await host.untilWaitingAgain(after: 2)
            host.clock.advance(by: .milliseconds(500))
            #expect(host.carriers.simulator.submitted.count == 2)
            host.clock.advance(by: .milliseconds(3300))
            try await eventually {
                try host.store.readNow { db in try host.conversations.message(sent.id, in: db)?.state == .accepted }
            }
        }

        #expect(host.carriers.simulator.submitted.map(\.attempt) == [1, 2, 3])
    }

    @Test("F30: set back by an hour, nobody has to wait an hour for the limit of a minute")
    func minuteOfTheLimitIsAMinute() async throws {
        for text in ["one", "two"] { _ = try await send(text) }
        await #expect(throws: PortalError.self) { try await send("three") }

        host.clock.jump(by: .seconds(-3600))

        #expect(try await send("four").state == .pending)
    }

    @Test("F30: the order of messages to a phone is that of sending, whatever the clock says")
    func orderIsThatOfSending() async throws {
        _ = try await send("first")
        host.clock.jump(by: .seconds(-3600))
        _ = try await send("second")
        host.clock.jump(by: .seconds(7200))
        let last = try await send("third")

        try await host.whileRunning { try await eventually { try state(of: last) == .accepted } }

        #expect(carrier.submitted.map(\.text) == ["first", "second", "third"])
    }
}
