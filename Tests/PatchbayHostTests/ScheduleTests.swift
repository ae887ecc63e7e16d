import Foundation
import Logging
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Scheduled messages")
struct ScheduleTests {
    let office: Office
    let scheduled: ScheduledMessages
    let scheduler: Scheduler

    init() throws {
        office = try Office()
        scheduled = ScheduledMessages(messaging: office.messaging)
        scheduler = Scheduler(scheduled: scheduled, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test("U11: a scheduled message goes at its time, once, with its own client id")
    func goesAtItsTime() async throws {
        let id = try await office.arrive("Are you open?").conversation
        let kept = try await schedule("At nine.", in: id, by: office.ann)

        let wait = try await scheduler.sendWhatIsDue()
        #expect(wait == .seconds(60))
        #expect(try office.texts(of: id, for: office.ann) == ["Are you open?"])
        office.clock.advance(by: .seconds(60))
        let after = try await scheduler.sendWhatIsDue()
        _ = try await scheduler.sendWhatIsDue()

        #expect(after == nil)
        #expect(try office.texts(of: id, for: office.ann) == ["Are you open?", "At nine."])
        #expect(try list(office.ann).isEmpty)
        let sent = try await office.text("At nine.", by: office.ann, clientID: "s1")
        #expect(sent.isRepeat)
        #expect(kept.state == .waiting)
        #expect(try office.claim(of: id, for: office.ben)?.user == "ann")
    }

    @Test("U11: a chat message can be scheduled too, and the worker sleeps until it is due")
    func workerSleepsUntilDue() async throws {
        let id = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann).id
        let worker = Task { [scheduler] in await scheduler.run() }
        _ = try await schedule("Lunch?", in: id, by: office.ann)

        try await office.clock.waitForSleepers()
        office.clock.advance(by: .seconds(60))
        try await eventually { try !office.texts(of: id, for: office.ben).isEmpty }
        worker.cancel()

        #expect(try office.texts(of: id, for: office.ben) == ["Lunch?"])
        #expect(try office.inbox(of: office.ben).first?.unread == 1)
    }

    @Test("S52: what goes by schedule leaves its author's unread messages unread")
    func scheduleReadsNothing() async throws {
        let id = try await office.arrive("Are you open?").conversation
        let chat = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann).id
        _ = try await office.messaging.send("Are you there?", to: chat, by: office.ben, clientID: "b1")
        _ = try await schedule("At nine.", in: id, by: office.ann)
        _ = try await schedule("Lunch?", in: chat, by: office.ann, clientID: "s2")
        office.clock.advance(by: .seconds(60))

        _ = try await scheduler.sendWhatIsDue()

        #expect(try office.texts(of: id, for: office.ann) == ["Are you open?", "At nine."])
        #expect(try office.texts(of: chat, for: office.ben) == ["Are you there?", "Lunch?"])
        #expect(try office.inbox(of: office.ann).map(\.unread) == [1, 1])
        #expect(try office.inbox(of: office.ann).map(\.readUpTo) == [0, 0])
        let marks = try office.store.readNow { db in try office.messaging.readMarks(of: chat, in: db) }
        #expect(marks["ann"] == 0, "Ben isn't told that Ann has read it")
    }

    @Test("S52: what its author sends ahead of its time, by hand, marks as read")
    func sendingNowReads() async throws {
        let id = try await office.arrive("Are you open?").conversation
        let kept = try await schedule("At nine.", in: id, by: office.ann)

        _ = try await scheduled.sendNow(kept.id, by: office.ann)

        #expect(try office.view(of: id, for: office.ann).unread == 0)
        #expect(try office.view(of: id, for: office.ann).readUpTo == 2)
    }

    @Test("F30: the hour that clocks show twice is two hours: each message goes in its own, once, in order")
    func summerTimeEnds() async throws {
        // Half an hour before 02:30 in Berlin, which comes twice on 25 October 2026.
        let start = Date(timeIntervalSince1970: 1_792_886_400)
        office.clock.jump(by: .seconds(start.timeIntervalSince(office.clock.now)))
        let id = try await office.arrive("Hello").conversation
        _ = try await schedule("Second 02:30", in: id, by: office.ann, clientID: "s2", after: 5400)
        _ = try await schedule("First 02:30", in: id, by: office.ann, after: 1800)

        #expect(try await scheduler.sendWhatIsDue() == .seconds(1800))
        office.clock.advance(by: .seconds(1800))
        #expect(try await scheduler.sendWhatIsDue() == .seconds(3600))
        #expect(try office.texts(of: id, for: office.ann) == ["Hello", "First 02:30"])
        office.clock.advance(by: .seconds(3600))
        #expect(try await scheduler.sendWhatIsDue() == nil)

        #expect(try office.texts(of: id, for: office.ann) == ["Hello", "First 02:30", "Second 02:30"])
    }

    @Test("U11: a scheduled message whose time comes at night is a message that waits for the morning")
    func heldAtItsTime() async throws {
        let id = try await office.arrive("Are you open?").conversation
        _ = try await schedule("at night", in: id, by: office.ann)
        office.clock.advance(by: .seconds(60))

        _ = try await scheduler.sendWhatIsDue()

        let page = try office.store.readNow { db in
            try office.messaging.page(of: id, .newest, limit: 9, for: office.ann, in: db)
        }
        #expect(page.items.last?.message.hold == Office.untilMorning)
        #expect(page.items.last?.json["hold"]?["timeZone"] == "America/Los_Angeles")
        #expect(try list(office.ann).isEmpty)
    }

    @Test("The same client id again is the same scheduled message, and none once it has gone")
    func repeatIsTheSame() async throws {
        let id = try await office.arrive("Hello").conversation
        let first = try await schedule("One", in: id, by: office.ann)
        let second = try await schedule("One", in: id, by: office.ann)
        _ = try await scheduled.sendNow(first.id, by: office.ann)

        let refusal = await #expect(throws: PortalError.self) { try await schedule("One", in: id, by: office.ann) }

        #expect(first == second)
        #expect(refusal?.id == "scheduled.sent")
        #expect(try office.texts(of: id, for: office.ann) == ["Hello", "One"])
    }

    @Test("Undo: what is taken back before its time never goes, and can't be afterwards")
    func takingBack() async throws {
        let id = try await office.arrive("Hello").conversation
        let first = try await schedule("Oops", in: id, by: office.ann)
        let second = try await schedule("Fine", in: id, by: office.ann, clientID: "s2")

        try await scheduled.remove(first.id, by: office.ann)
        office.clock.advance(by: .seconds(60))
        _ = try await scheduler.sendWhatIsDue()
        let late = await #expect(throws: PortalError.self) { try await scheduled.remove(second.id, by: office.ann) }

        #expect(try office.texts(of: id, for: office.ann) == ["Hello", "Fine"])
        #expect(late?.id == "scheduled.sent")
    }

    @Test("A time in the past or more than a year ahead is refused", arguments: [-31, 31_708_800] as [Double])
    func timesHaveBounds(seconds: Double) async throws {
        let id = try await office.arrive("Hello").conversation

        let refusal = await #expect(throws: PortalError.self) {
            try await schedule("Never", in: id, by: office.ann, after: seconds)
        }

        #expect(["scheduled.in-the-past", "scheduled.too-far"].contains(refusal?.id))
        #expect(refusal?.status == 400)
    }

    @Test("What the gate refuses at its time is kept with the reason, and goes after it was mended")
    func refusalIsKept() async throws {
        let id = try await office.arrive("Hello").conversation
        let kept = try await schedule("At nine.", in: id, by: office.ann)
        try office.store.writeNow { db in
            try Gates.setSwitch("sms", .user, subject: "ann", isOn: false, in: db)
        }
        office.clock.advance(by: .seconds(60))

        _ = try await scheduler.sendWhatIsDue()
        let refused = try #require(try list(office.ann).first)
        try office.store.writeNow { db in try Gates.setSwitch("sms", .user, subject: "ann", isOn: true, in: db) }
        let again = try await scheduled.change(
            kept.id, text: "At ten.", sendAt: office.clock.now.addingTimeInterval(10), by: office.ann)
        office.clock.advance(by: .seconds(10))
        _ = try await scheduler.sendWhatIsDue()

        #expect(refused.state == .refused)
        #expect(refused.reason == "SMS is not enabled for you. Ask your office manager.")
        #expect(again.state == .waiting)
        #expect(try office.texts(of: id, for: office.ann) == ["Hello", "At ten."])
        #expect(try office.told("scheduled.changed").allSatisfy { !$0.text.contains("At ") })
    }

    @Test("An author who was disabled, or has lost the number, sends nothing", arguments: [true, false])
    func authorMustStillBeThere(isDisabled: Bool) async throws {
        let id = try await office.arrive("Hello").conversation
        _ = try await schedule("At nine.", in: id, by: office.ben)
        try office.store.writeNow { [office] db in
            if isDisabled {
                try db.execute(sql: "UPDATE user SET isEnabled = 0 WHERE id = 'ben'")
            } else {
                try office.unassign("ben", db)
            }
        }
        office.clock.advance(by: .seconds(60))

        _ = try await scheduler.sendWhatIsDue()

        let kept = try #require(try list(office.ben).first)
        #expect(kept.state == .refused)
        #expect(kept.reason?.hasPrefix(isDisabled ? "Your account" : "You no longer") == true)
        #expect(try office.texts(of: id, for: office.ann) == ["Hello"])
    }

    @Test("A colleague who claims meanwhile makes a scheduled message wait for its author's decision")
    func claimRefuses() async throws {
        let id = try await office.arrive("Hello").conversation
        _ = try await schedule("At nine.", in: id, by: office.ben)
        _ = try await office.text("I do it.", by: office.ann, clientID: "a1")
        office.clock.advance(by: .seconds(60))

        _ = try await scheduler.sendWhatIsDue()

        #expect(try list(office.ben).first?.reason?.hasPrefix("Ann Whitfield is answering") == true)
    }

    @Test("X1: nobody sees, changes or sends somebody else's scheduled message")
    func strangersFindNothing() async throws {
        let id = try await office.arrive("Hello").conversation
        let kept = try await schedule("Secret", in: id, by: office.ann)

        for stranger in [office.ben, office.theo] {
            #expect(try list(stranger).isEmpty)
            await #expect(throws: PortalError.notFound("scheduled message")) {
                try await scheduled.remove(kept.id, by: stranger)
            }
            await #expect(throws: PortalError.notFound("scheduled message")) {
                try await scheduled.sendNow(kept.id, by: stranger)
            }
            await #expect(throws: PortalError.notFound("scheduled message")) {
                try await scheduled.change(kept.id, text: "Mine", sendAt: nil, by: stranger)
            }
        }
        await #expect(throws: PortalError.notFound("conversation")) {
            try await schedule("Hi", in: id, by: office.theo)
        }
    }

    @Test("Removing a user removes what they have scheduled, written and chosen")
    func removalLeavesNothing() async throws {
        let id = try await office.arrive("Hello").conversation
        _ = try await schedule("Never", in: id, by: office.ann)
        try office.store.writeNow { db in try db.execute(sql: "DELETE FROM domain WHERE id = 'harbor.example'") }

        #expect(
            try office.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM scheduledMessage") } == 0)
        #expect(try office.store.integrityFaults() == [])
    }

    private func schedule(
        _ text: String, in id: ConversationID, by caller: Caller, clientID: String = "s1", after seconds: Double = 60
    ) async throws -> ScheduledMessage {
        try await scheduled.add(
            ScheduleDraft(
                conversation: id, clientID: clientID, text: text, from: nil, attachments: [],
                sendAt: office.clock.now.addingTimeInterval(seconds)), by: caller
        ).scheduled
    }

    private func list(_ caller: Caller) throws -> [ScheduledMessage] {
        try office.store.readNow { db in try scheduled.list(of: caller, in: nil, .first, db).items }
    }
}
