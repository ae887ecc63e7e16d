import Foundation
import Logging
import PatchbaySDK

/// Finishes the erasures that are under way, a few rows at a time. Whatever ends in between, the next round goes on.
struct Eraser: Sendable {
    private static let rowsAtATime = 200
    /// How soon it looks again for what it can't remove yet: a message at its carrier, a call, a hold.
    private static let pause = Duration.seconds(2)

    let messaging: Messaging
    let directory: DirectoryStore
    let attachments: AttachmentStore
    /// The plugins that keep something about people.
    let keepers: @Sendable () -> [any RecordKeeper]
    /// Whether a plugin runs.
    let isRunning: @Sendable (PluginID) -> Bool
    let log: Logger

    private var store: PortalStore { messaging.store }
    private var clock: any PortalClock { messaging.clock }

    /// Goes through all of them once.
    ///
    /// - Returns: how long until it has to look again; `nil` when nothing is left to do.
    func run() async throws -> Duration? {
        var isWaiting = false
        for erasure in try await store.read({ db in try Erasure.unfinished(in: db) }) {
            do {
                isWaiting = try await !finish(erasure) || isWaiting
            } catch let held as PortalError where held.id == "records.held" {
                // Placed after it began: what is left is kept until the hold is lifted.
                isWaiting = true
            } catch let error where !(error is CancellationError) {
                log.warning("erasure not finished", metadata: ["erasure": "\(erasure.id)", "error": "\(error)"])
                isWaiting = true
            }
        }
        return isWaiting ? Self.pause : nil
    }

    /// - Returns: whether nothing is left.
    private func finish(_ erasure: Erasure) async throws -> Bool {
        if erasure.state == .removing {
            guard try await removeRows(of: erasure), try await seal(erasure) else { return false }
        }
        try await store.wipe(clock: clock)
        try await attachments.clean()
        try await store.write { [clock] db in
            try db.execute(
                sql: "UPDATE erasure SET state = 'done', doneAt = ? WHERE domainId = ? AND id = ? AND state = 'wiping'",
                arguments: [clock.now.milliseconds, erasure.domain, erasure.id])
            guard db.changesCount == 1,
                let done = try Row.fetchOne(
                    db, sql: "SELECT * FROM erasure WHERE domainId = ? AND id = ?",
                    arguments: [erasure.domain, erasure.id]
                ).map(Erasure.init)
            else { return }
            let facts: [String: JSON] = [
                "kind": .string(done.person.kind),
                "pluginsNotAsked": .array(done.notAsked.map { .string($0.rawValue) }),
            ]
            let details = done.removed.json.merging(facts) { $1 }
            try AuditLog.append(
                AuditRecord(
                    "erasure", of: done.person.masked, in: done.domain, by: .host, details: .object(details)),
                at: clock.now, in: db)
            try tell(of: done, in: db)
        }
        return true
    }

    /// - Returns: whether all that is left is the user's own row.
    private func removeRows(of erasure: Erasure) async throws -> Bool {
        let (person, domain) = (erasure.person, erasure.domain)
        try await store.read { db in try person.requireNotHeld(in: domain, db) }
        for keeper in keepers() {
            try await repeatedly(erasure) { db in
                try keeper.forget(person, of: domain, atMost: Self.rowsAtATime, in: db)
            }
        }
        try await removeScheduled(erasure)
        var isAllGone = true
        for conversation in try await store.read({ db in try person.conversations(in: domain, db) }) {
            isAllGone = try await remove(conversation, erasure) && isAllGone
        }
        try await removeContacts(erasure)
        try await removeCalls(erasure)
        if case .user(let id) = person { try await removeUploads(of: id, erasure) }
        return isAllGone
    }

    /// Does `step` in one transaction after the other until it says that there is no more.
    private func repeatedly(_ erasure: Erasure, _ step: @escaping @Sendable (Database) throws -> Bool) async throws {
        while try await change(erasure, step) {}
    }

    /// One transaction, unless somebody has placed a hold meanwhile.
    private func change<Value: Sendable>(
        _ erasure: Erasure, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await store.write { db in
            try erasure.person.requireFree(in: erasure.domain, db)
            return try body(db)
        }
    }
}

extension Eraser {
    /// - Returns: whether the conversation is gone.
    private func remove(_ id: ConversationID, _ erasure: Erasure) async throws -> Bool {
        let conversation = try await store.read { db in try messaging.conversation(id, in: db) }
        // A kind that nothing carries waits: its plugin keeps something of the messages, too.
        guard let conversation, let channel = messaging.channels.channel(conversation.kind)?.channel else {
            return conversation == nil
        }
        try await change(erasure) { db in
            try ErasedPerson.requireFree(id, in: erasure.domain, db)
            try hide(id, erasure, db)
        }
        let removal = MessageRemoval(channel: channel, events: messaging.events)
        var last = 0
        while true {
            let after = last
            let page = try await store.read { db in try MessageRemoval.page(of: id, after: after, in: db) }
            guard let newest = page.last else { break }
            last = newest.sequence
            try await change(erasure) { db in
                try ErasedPerson.requireFree(id, in: erasure.domain, db)
                let doomed = try MessageRemoval.page(of: id, after: after, in: db).filter { !$0.isPending }
                guard !doomed.isEmpty else { return }
                let files = try removal.remove(doomed, of: id, domain: erasure.domain, in: db)
                try erasure.add(Erasure.Counts(messages: doomed.count, files: files), in: db)
            }
        }
        return try await change(erasure) { db in
            try ErasedPerson.requireFree(id, in: erasure.domain, db)
            let isEmpty = try Bool.fetchOne(
                db,
                sql: """
                    SELECT NOT EXISTS (SELECT 1 FROM message WHERE conversationId = ?1)
                        AND NOT EXISTS (SELECT 1 FROM scheduledMessage WHERE conversationId = ?1 AND state <> 'sent')
                    """, arguments: [id])
            guard isEmpty == true else { return false }
            // What came meanwhile has shown it again.
            try hide(id, erasure, db)
            try db.execute(
                sql: "DELETE FROM conversation WHERE domainId = ? AND id = ?", arguments: [erasure.domain, id])
            try erasure.add(Erasure.Counts(conversations: 1), in: db)
            return true
        }
    }

    /// Takes the conversation away from everybody's lists and open tabs: nobody sees one that is half removed.
    private func hide(_ id: ConversationID, _ erasure: Erasure, _ db: Database) throws {
        let readers = try UserID.fetchAll(
            db, sql: "SELECT userId FROM member WHERE conversationId = ? AND isHidden = 0", arguments: [id])
        try db.execute(sql: "UPDATE member SET isHidden = 1 WHERE conversationId = ?", arguments: [id])
        let news = MemberNews(events: messaging.events)
        for reader in readers { try news.publish(id, of: reader, domain: erasure.domain, isErased: true, in: db) }
    }

    private func removeScheduled(_ erasure: Erasure) async throws {
        let scheduled = ScheduledMessages(messaging: messaging)
        let theirs =
            switch erasure.person {
            case .outside:
                "conversationId IN (SELECT id FROM conversation WHERE domainId = ?1 AND remote = ?2)"
            case .user: "userId = ?2"
            }
        try await repeatedly(erasure) { db in
            let found = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM scheduledMessage WHERE domainId = ?1 AND state <> 'sent' AND \(theirs)
                    LIMIT \(Self.rowsAtATime)
                    """, arguments: [erasure.domain, erasure.person.subject]
            ).map(ScheduledMessage.init)
            for one in found {
                try db.execute(
                    sql: "DELETE FROM scheduledMessage WHERE domainId = ? AND id = ?",
                    arguments: [erasure.domain, one.id])
                try AttachmentStore.forget(one.attachments, in: db)
                try scheduled.tell(one, in: db) { _ in .null }
            }
            try erasure.add(Erasure.Counts(scheduled: found.count), in: db)
            return found.count == Self.rowsAtATime
        }
    }

    private func removeContacts(_ erasure: Erasure) async throws {
        let (contacts, domain) = (messaging.contacts, erasure.domain)
        try await repeatedly(erasure) { db in
            let count =
                switch erasure.person {
                case .outside(let remote):
                    try contacts.erase(remote, of: domain, atMost: Self.rowsAtATime, in: db)
                case .user(let id): try contacts.eraseBook(of: id, in: domain, atMost: Self.rowsAtATime, db)
                }
            try erasure.add(Erasure.Counts(contacts: count), in: db)
            return count == Self.rowsAtATime
        }
    }

    private func removeCalls(_ erasure: Erasure) async throws {
        let theirs =
            switch erasure.person {
            case .outside: "kind = 'number' AND destination = ?2"
            case .user: "userId = ?2"
            }
        try await repeatedly(erasure) { db in
            try db.execute(
                sql: """
                    DELETE FROM call WHERE id IN (SELECT id FROM call
                        WHERE domainId = ?1 AND \(theirs) AND endedAt IS NOT NULL LIMIT \(Self.rowsAtATime))
                    """, arguments: [erasure.domain, erasure.person.subject])
            let count = db.changesCount
            try erasure.add(Erasure.Counts(calls: count), in: db)
            return count == Self.rowsAtATime
        }
    }

    /// What the user uploaded and nobody was sent.
    private func removeUploads(of user: UserID, _ erasure: Erasure) async throws {
        try await repeatedly(erasure) { db in
            let unsent = try AttachmentStore.unsent(of: user, in: erasure.domain, atMost: Self.rowsAtATime, db)
            try AttachmentStore.forget(unsent, in: db)
            return unsent.count == Self.rowsAtATime
        }
    }

    /// Takes the user's own row away, or the number out of the erasure's: from here on only traces are left.
    ///
    /// - Returns: whether it is so; not when something has come meanwhile.
    private func seal(_ erasure: Erasure) async throws -> Bool {
        try await change(erasure) { db in
            let left = try erasure.person.counts(in: erasure.domain, db)
            guard left == Erasure.Counts() else { return false }
            if case .user(let id) = erasure.person, try directory.find(id, of: erasure.domain, in: db) != nil {
                try directory.removeUser(id, of: erasure.domain, in: db)
                try AdministrationNews(events: messaging.events).tell(.users, of: erasure.domain, in: db)
            }
            let notAsked = try OwnedMigration.applied(in: db).keys.sorted().filter { owner in
                owner != "core" && !isRunning(PluginID(rawValue: owner))
            }
            try db.execute(
                sql: "UPDATE erasure SET state = 'wiping', subject = ?, notAsked = ? WHERE domainId = ? AND id = ?",
                arguments: [
                    erasure.person.masked, notAsked.joined(separator: " "), erasure.domain, erasure.id,
                ])
            try tell(of: erasure, in: db)
            return true
        }
    }

    private func tell(of erasure: Erasure, in db: Database) throws {
        try AdministrationNews(events: messaging.events).tell(.erasures, of: erasure.domain, in: db)
    }
}
