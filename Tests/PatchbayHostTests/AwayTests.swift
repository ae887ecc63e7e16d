import Foundation
import Logging
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Away messages")
struct AwayTests {
    let office: Office
    let preferences: PreferenceStore
    let replies: AwayReplies

    init() throws {
        office = try Office()
        preferences = PreferenceStore(events: office.events)
        replies = AwayReplies(
            messaging: office.messaging, preferences: preferences,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test("U14: a text to somebody who is away is answered once in five minutes, as an automatic message")
    func answersOnceInFiveMinutes() async throws {
        try away(office.ann)
        let id = try await office.arrive("Hello?", at: Office.direct).conversation
        _ = try await replies.answerAll()
        try await office.arrive("Anybody?", at: Office.direct)
        _ = try await replies.answerAll()
        office.clock.advance(by: .seconds(300))
        try await office.arrive("Still there?", at: Office.direct)
        _ = try await replies.answerAll()

        #expect(
            try office.texts(of: id, for: office.ann) == [
                "Hello?", "ann is away.", "Anybody?", "Still there?", "ann is away.",
            ])
        let page = try office.store.readNow { db in
            try office.messaging.page(of: id, .newest, limit: 9, for: office.ann, in: db)
        }
        #expect(page.items.map(\.message.isAutomatic) == [false, true, false, false, true])
        #expect(page.items[1].message.author == "ann")
    }

    @Test("U14: an away message is no reading: what is answered stays unread")
    func answeringIsNotReading() async throws {
        try away(office.ann)
        try await office.arrive("Hello?", at: Office.direct)
        let chat = try await office.messaging.open(chatWith: ["ann"], title: nil, by: office.ben).id
        _ = try await office.messaging.send("Lunch?", to: chat, by: office.ben, clientID: "b1")

        _ = try await replies.answerAll()

        #expect(try office.inbox(of: office.ann).map(\.unread) == [1, 1])
        #expect(try office.inbox(of: office.ann).map(\.readUpTo) == [0, 0])
        #expect(try office.view(of: chat, for: office.ben).unread == 1)
        #expect(try office.texts(of: chat, for: office.ben) == ["Lunch?", "ann is away."])
    }

    @Test("U14: two who are away don't answer each other's away messages")
    func automaticIsNotAnswered() async throws {
        try away(office.ann)
        try away(office.ben)
        let chat = try await office.messaging.open(chatWith: ["ann"], title: nil, by: office.ben).id
        _ = try await office.messaging.send("Lunch?", to: chat, by: office.ben, clientID: "b1")

        _ = try await replies.answerAll()
        _ = try await replies.answerAll()

        #expect(try office.texts(of: chat, for: office.ben) == ["Lunch?", "ann is away."])
    }

    @Test("U14: nobody is answered for in a group")
    func groupsAreNotAnswered() async throws {
        try away(office.ann)
        let group = try await office.messaging.open(chatWith: ["ann", "cleo"], title: nil, by: office.ben).id
        let named = try await office.messaging.open(chatWith: ["ann"], title: "Two", by: office.ben).id
        for id in [group, named] {
            _ = try await office.messaging.send("Lunch?", to: id, by: office.ben, clientID: id.rawValue)
        }

        _ = try await replies.answerAll()

        #expect(try office.texts(of: group, for: office.ben) == ["Lunch?"])
        #expect(try office.texts(of: named, for: office.ben) == ["Lunch?"])
    }

    @Test("U14: a shared number answers when all its people are away, or when the one who answers it is")
    func sharedNumbers() async throws {
        try away(office.ann)
        let id = try await office.arrive("One").conversation
        _ = try await replies.answerAll()
        #expect(try office.texts(of: id, for: office.ben) == ["One"])

        _ = try await office.text("I do it.", by: office.ann, clientID: "a1")
        try await office.arrive("Two")
        _ = try await replies.answerAll()
        #expect(try office.texts(of: id, for: office.ben).last == "ann is away.")

        office.clock.advance(by: .seconds(3600))
        try away(office.ben)
        try await office.arrive("Three")
        _ = try await replies.answerAll()
        #expect(try office.texts(of: id, for: office.ben).last == "ann is away.")
        #expect(try office.claim(of: id, for: office.ben) == nil)
        #expect(try office.inbox(of: office.ben).first?.unread == 3)
    }

    @Test("U14: where the gate says no, nothing is sent and the message is there all the same")
    func gateDecides() async throws {
        try away(office.ann, text: "forbidden")
        let id = try await office.arrive("Hello?", at: Office.direct).conversation

        let next = try await replies.answerAll()

        #expect(next == nil)
        #expect(try office.texts(of: id, for: office.ann) == ["Hello?"])
        #expect(try office.store.readNow { db in try Int.fetchOne(db, sql: "SELECT sum(isDue) FROM awayNote") } == 0)
    }

    @Test("U11: of several away messages in one night one waits for the morning")
    func oneWaits() async throws {
        try away(office.ann, text: "at night")
        let id = try await office.arrive("Hello?", at: Office.direct).conversation
        _ = try await replies.answerAll()
        office.clock.advance(by: .seconds(600))
        try await office.arrive("Anybody?", at: Office.direct)
        _ = try await replies.answerAll()

        #expect(try office.texts(of: id, for: office.ann) == ["Hello?", "at night", "Anybody?"])
    }

    @Test("An away message needs a text when it is switched on")
    func awayNeedsText() throws {
        #expect(throws: PortalError.self) { try away(office.ann, text: "  ") }
    }

    @Test("Preferences are kept for each user, with defaults for what was never chosen")
    func preferencesAreKept() throws {
        try away(office.ann)

        let (ann, ben) = try office.store.readNow { db in
            (
                try preferences.preferences(of: office.ann, in: db), try preferences.preferences(of: office.ben, in: db)
            )
        }

        #expect(ann.away.text == "ann is away.")
        #expect(ann.tone == .always)
        #expect(ben == Preferences())
        #expect(Preferences(Preferences().json) == Preferences())
    }

    private func away(_ caller: Caller, text: String? = nil) throws {
        var wanted = Preferences()
        wanted.away = Preferences.Away(isOn: true, text: text ?? "\(caller.user) is away.")
        try office.store.writeNow { [preferences, wanted] db in try preferences.set(wanted, for: caller, in: db) }
    }
}
