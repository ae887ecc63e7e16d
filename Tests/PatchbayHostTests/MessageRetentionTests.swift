import Foundation
import Logging
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite struct MessageRetentionTests {
    let office: Office
    let retention: Retention
    let bob: ConversationID

    init() async throws {
        office = try Office()
        retention = Retention(
            messaging: office.messaging, store: office.store,
            attachments: AttachmentStore(
                folder: office.folder.appending(path: "files").path, store: office.store, clock: office.clock),
            clock: office.clock)
        bob = try await office.arrive("The old zanzibar order").conversation
        try await office.arrive("Another old one")
        office.clock.advance(by: .seconds(20 * 86_400))
        try await office.arrive("A young one")
        try await SearchIndex(store: office.store, clock: office.clock).indexSome()
    }

    private func keep(_ kind: ChannelKind, days: Int) throws {
        try office.store.writeNow { db in
            try RetentionRule.set(days, for: kind, of: Office.harbor, in: db)
        }
    }

    private func hold(_ level: LegalHold.Level, _ subject: String) throws -> LegalHold {
        try office.store.writeNow { [clock = office.clock] db in
            try LegalHold.place(
                level, on: subject, of: Office.harbor, reason: "Case 7", by: "ann", at: clock.now, in: db)
        }
    }

    private func texts() throws -> [String] {
        try office.store.readNow { db in try String.fetchAll(db, sql: "SELECT text FROM message ORDER BY sequence") }
    }

    /// Whether the bytes of `word` are in any of the store's files.
    private func isInFiles(_ word: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(at: office.folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix("portal.sqlite") }
            .contains { try Data(contentsOf: $0).range(of: Data(word.utf8)) != nil }
    }

    @Test("D7: what is removed is unread no more, and a colleague's answer that stays was never unread")
    func removedMessagesAreNotUnread() async throws {
        _ = try await office.text("Our answer", by: office.ben, clientID: "b1")
        #expect(try office.inbox(of: office.ann).first?.unread == 3)
        try keep(.sms, days: 30)
        office.clock.advance(by: .seconds(11 * 86_400))

        _ = try await retention.run()

        #expect(try office.inbox(of: office.ann).first?.unread == 1)
    }

    @Test("S25, D7: a conversation that comes back has nothing unread that was removed meanwhile")
    func removedWhileDeleted() async throws {
        let id = try #require(try office.inbox(of: office.ann).first?.conversation.id)
        try await office.messaging.delete(id, by: office.ann)
        try keep(.sms, days: 30)
        office.clock.advance(by: .seconds(11 * 86_400))
        _ = try await retention.run()

        try await office.messaging.restore(id, by: office.ann)

        #expect(try office.inbox(of: office.ann).map(\.unread) == [1])
    }

    @Test(
        "What belongs to a message is found by its place, not by looking at everybody's",
        arguments: ["attachmentUse", "messageHidden"])
    func removalLooksAtNothingElse(table: String) throws {
        let plan = try office.store.readNow { db in
            try Row.fetchAll(
                db,
                sql: "EXPLAIN QUERY PLAN SELECT * FROM \(table) WHERE conversationId = 'c' AND sequence IN (1, 2)"
            ).map { $0["detail"] as String }
        }

        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(plan)")
    }

    @Test("D7: messages go when they are older than their domain keeps them") func oldOnesGo() async throws {
        #expect(try await retention.run() == 0, "nothing by default")
        try keep(.sms, days: 30)
        #expect(try await retention.run() == 0)

        office.clock.advance(by: .seconds(11 * 86_400))

        #expect(try await retention.run() == 2)
        #expect(try texts() == ["A young one"])
        #expect(try office.inbox(of: office.ann).first?.unread == 1)
        let removed = try office.store.readNow { db in
            try String.fetchAll(db, sql: "SELECT details FROM auditEntry WHERE action = 'retention'")
        }
        #expect(removed == [#"{"days":30,"kind":"sms","removed":2}"#])
        office.clock.advance(by: .seconds(30 * 86_400))
        #expect(try await retention.run() == 1)
        #expect(try texts().isEmpty)
        let next = try await office.arrive("After all")
        #expect(next.sequence == 4)
        try await SearchIndex(store: office.store, clock: office.clock).indexSome()
        #expect(
            try office.store.readNow { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM messageSearch WHERE messageSearch MATCH 'after'")
            } == 1)
    }

    @Test("D7: what was removed is in none of the files any more") func bytesAreGone() async throws {
        try keep(.sms, days: 10)
        #expect(try isInFiles("zanzibar"))

        #expect(try await retention.run() == 2)

        #expect(try !isInFiles("zanzibar"))
        #expect(try isInFiles("young"))
    }

    @Test("D7: tabs are told which messages are gone") func tabsAreTold() async throws {
        try keep(.sms, days: 10)

        _ = try await retention.run()

        let told = try office.told("conversation.changed")
        #expect(told.count == 2, "Ann and Ben have the number")
        #expect(told.allSatisfy { $0["removed"] == [[1, 2]] && $0["isDeleted"] == false })
        #expect(told.allSatisfy { $0["unread"] == 1 })
    }

    @Test("D7: rules of one domain or kind leave the others alone") func othersStay() async throws {
        try keep(.chat, days: 1)
        try office.store.writeNow { db in
            try RetentionRule.set(1, for: .sms, of: Office.timber, in: db)
        }

        #expect(try await retention.run() == 0)
        #expect(try texts().count == 3)
    }

    @Test(
        "D7: a legal hold keeps messages until it is lifted", arguments: LegalHold.Level.allCases)
    func holdKeeps(_ level: LegalHold.Level) async throws {
        try keep(.sms, days: 10)
        let subject = [.domain: "", .user: "ben", .conversation: bob.rawValue][level] ?? ""
        let hold = try hold(level, subject)
        #expect(try await retention.run() == 0)
        office.clock.advance(by: .seconds(400 * 86_400))
        #expect(try await retention.run() == 0)
        #expect(try texts().count == 3)

        try office.store.writeNow { db in try LegalHold.lift(hold.id, of: Office.harbor, in: db) }

        #expect(try await retention.run() == 3)
    }

    @Test("D7: a hold on somebody keeps what they could read, also when its number is taken from them")
    func holdOutlivesTheNumber() async throws {
        try keep(.sms, days: 10)
        let hold = try hold(.user, "ben")
        for number in [Office.desk, Office.direct] {
            for reader in [office.ann, office.ben] {
                try office.store.writeNow { db in
                    try Messaging.assignmentChanged(number, reader.user, isAssigned: false, in: db)
                }
            }
        }
        office.clock.advance(by: .seconds(400 * 86_400))

        #expect(try await retention.run() == 0)

        try office.store.writeNow { db in try LegalHold.lift(hold.id, of: Office.harbor, in: db) }
        #expect(try await retention.run() == 3)
    }

    @Test("D7: what a killed server has removed and not taken out of the files goes at the next start")
    func tracesOfAKilledServer() async throws {
        try keep(.sms, days: 30)
        let (_, channel) = try #require(office.messaging.channels.channel(.sms))
        let removal = MessageRemoval(channel: channel, events: office.events)
        try office.store.writeNow { [bob] db in
            let doomed = Array(try MessageRemoval.page(of: bob, after: 0, in: db).prefix(2))
            _ = try removal.remove(doomed, of: bob, domain: Office.harbor, in: db)
        }
        #expect(try isInFiles("zanzibar"))

        #expect(try await retention.run() == 0)

        #expect(try !isInFiles("zanzibar"))
    }

    @Test("D7: a hold on others keeps nothing, and can't be placed on strangers") func holdOnOthers() async throws {
        try keep(.sms, days: 10)
        _ = try hold(.user, "cleo")
        #expect(throws: PortalError.self) { try hold(.user, "theo") }
        #expect(throws: PortalError.self) { try hold(.conversation, "none") }

        #expect(try await retention.run() == 2)
    }

    @Test("D7: who is under a hold can't be removed, nor their domain") func heldIsNotRemoved() throws {
        _ = try hold(.user, "ben")
        let directory = DirectoryStore(clock: office.clock, events: office.events, isSignedIn: { _ in false })

        let user = #expect(throws: PortalError.self) {
            try office.store.writeNow { db in try directory.removeUser("ben", of: Office.harbor, in: db) }
        }
        let domain = #expect(throws: PortalError.self) {
            try office.store.writeNow { db in try directory.removeDomain(Office.harbor, in: db) }
        }
        #expect(user?.id == "records.held")
        #expect(domain?.id == "records.held")
    }

    @Test("D7: a message that still waits to be sent is not removed under its carrier") func waitingStays() async throws
    {
        let sent = try await office.text("Waiting", by: office.ann, clientID: "1")
        try keep(.sms, days: 1)
        office.clock.advance(by: .seconds(3 * 86_400))

        #expect(try await retention.run() == 3)
        #expect(try texts() == ["Waiting"])
        #expect(sent.stored.message.state == .pending)
    }
}
