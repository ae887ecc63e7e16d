import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Who hasn't read what, for plugins")
struct PluginReadersTests {
    let office: Office
    let preferences: PreferenceStore
    let readers: PluginReaders

    init() throws {
        office = try Office()
        preferences = PreferenceStore(events: office.events)
        readers = PluginReaders(
            of: "chat", gates: office.gates, messaging: office.messaging, preferences: preferences)
        try office.store.writeNow { db in
            try db.execute(sql: "UPDATE user SET email = id || '@' || domainId WHERE id <> 'cleo'")
        }
    }

    private var always: Range<Date> { Date.distantPast..<office.clock.now.addingTimeInterval(1) }

    private func waiting(in domain: DomainID = Office.harbor, _ moments: Range<Date>? = nil) throws -> [UserID] {
        try office.store.readNow { db in
            try readers.waiting(in: domain, for: moments ?? always, in: db).map(\.caller.user)
        }
    }

    private func unread(_ user: UserID) throws -> [UnreadConversation] {
        try office.store.readNow { db in
            guard let reader = try readers.reader(user, of: Office.harbor, in: db) else { return [] }
            return try readers.unread(by: reader, in: always, in: db)
        }
    }

    @Test("U1: everybody who hasn't read a text, until they have read it")
    func peopleWithUnreadMessages() async throws {
        #expect(try waiting().isEmpty)
        let message = try await office.arrive("Hello?")

        #expect(try waiting() == ["ann", "ben"])
        #expect(try waiting(in: Office.timber).isEmpty)
        let found = try unread("ann")
        #expect(found.map(\.title) == ["(619) 555-0142"])
        #expect(found.flatMap(\.messages).map(\.text) == ["Hello?"])

        try await office.messaging.markRead(message.conversation, upTo: message.sequence, by: office.ann)
        #expect(try waiting() == ["ben"])
        #expect(try unread("ann").isEmpty)
    }

    @Test("U1: muted and deleted conversations, hidden messages and those through others' numbers are left out")
    func whatIsLeftOut() async throws {
        let message = try await office.arrive("Hello?")
        try await office.messaging.setMuted(true, message.conversation, by: office.ann)
        try await office.messaging.delete(message.id, from: message.conversation, by: office.ben)
        #expect(try waiting().isEmpty)

        try await office.messaging.setMuted(false, message.conversation, by: office.ann)
        #expect(try waiting() == ["ann"])
        try await office.messaging.delete(message.conversation, by: office.ann)
        #expect(try waiting().isEmpty)

        try await office.arrive("Direct", at: Office.direct)
        #expect(try waiting() == ["ann"])
        #expect(try unread("ben").isEmpty)
    }

    @Test func onlyWhatCameInTime() async throws {
        let began = office.clock.now
        try await office.arrive("Early")
        office.clock.advance(by: .seconds(600))

        #expect(try waiting(in: Office.harbor, began..<began.addingTimeInterval(1)) == ["ann", "ben"])
        #expect(try waiting(in: Office.harbor, began.addingTimeInterval(1)..<office.clock.now).isEmpty)
    }

    @Test("who has no address, is disabled, has no portal or has the plugin switched off can't be told")
    func peopleWhoCannotBeTold() async throws {
        let chat = try await office.messaging.open(chatWith: ["ben", "cleo"], title: "Van", by: office.ann).id
        _ = try await office.messaging.send("Loaded", to: chat, by: office.ann, clientID: "a1")
        #expect(try waiting() == ["ben"])

        for change in ["isEnabled = 0", "scope = 'no-portal'", "email = NULL"] {
            try office.store.writeNow { db in try db.execute(sql: "UPDATE user SET \(change) WHERE id = 'ben'") }
            #expect(try waiting().isEmpty, "\(change)")
            try office.store.writeNow { db in
                try db.execute(
                    sql: "UPDATE user SET isEnabled = 1, scope = 'basic-user', email = 'ben@x.example' WHERE id = 'ben'"
                )
            }
        }
        try office.store.writeNow { db in try Gates.setSwitch("chat", .user, subject: "ben", isOn: false, in: db) }
        #expect(try waiting().isEmpty)
    }

    @Test func aReaderBringsTheirWishes() throws {
        let wishes = Preferences(["language": "de", "hidesText": true])
        try office.store.writeNow { db in try preferences.set(wishes, for: office.ann, in: db) }

        let found = try office.store.readNow { db in
            (
                try readers.reader("ann", of: Office.harbor, in: db),
                try readers.reader("ben", of: Office.harbor, in: db),
                try readers.reader("ann", of: Office.timber, in: db), try readers.domains(in: db).map(\.id)
            )
        }

        #expect(found.0?.language == "de")
        #expect(found.0?.hidesText == true)
        #expect(found.1?.language == nil)
        #expect(found.2 == nil)
        #expect(found.3 == [Office.harbor, Office.timber])
    }
}
