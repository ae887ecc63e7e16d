import Foundation
import PatchbaySDK

/// Messages that wait for their time: written ahead, or held back a few seconds so that they can be undone.
///
/// When the time comes a message goes through the whole send gate as its author, and it becomes a message and stops
/// waiting in one transaction: whatever dies when, it is sent once.
public struct ScheduledMessages: Sendable {
    /// How far ahead a message can be written.
    static let farthest = Duration.seconds(366 * 24 * 3600)
    /// A moment that has just gone counts as now: people's clocks differ.
    static let clockSkew = Duration.seconds(30)
    /// The most that wait for one author.
    static let mostWaiting = 500
    /// How long what was sent is remembered.
    static let memory = Duration.seconds(30 * 24 * 3600)

    static let hasGone = PortalError(
        .conflict, id: "scheduled.sent", "This message has been sent already; it can't be changed or taken back.")

    let messaging: Messaging
    /// Rung when something new waits.
    let bell = Bell()
    var store: PortalStore { messaging.store }
    var clock: any PortalClock { messaging.clock }

    init(messaging: Messaging) {
        self.messaging = messaging
        messaging.events.render(Self.eventName) { _, body, db in
            guard var members = body.object, let id = body["scheduledId"]?.string else { return nil }
            members["scheduled"] =
                try Self.find(ScheduledID(rawValue: id), in: db)
                .flatMap { $0.state == .sent ? nil : try $0.json(in: db) } ?? .null
            return .object(members)
        }
    }

    /// Keeps a message until its time. The same client id again gives what is kept.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's conversation or file; what the send gate would say now;
    ///   `scheduled.in-the-past`, `scheduled.too-far`, `scheduled.too-many`; `scheduled.sent` when it has gone already.
    public func add(
        _ wanted: ScheduleDraft, by caller: Caller
    ) async throws -> (scheduled: ScheduledMessage, isRepeat: Bool) {
        let id = ScheduledID(at: clock.now)
        return try await store.write { db in
            let known = try Row.fetchOne(
                db, sql: "SELECT * FROM scheduledMessage WHERE userId = ? AND clientId = ?",
                arguments: [caller.user, wanted.clientID]
            ).map(ScheduledMessage.init)
            if let known, known.state != .sent { return (known, true) }
            let isMessage = try StoredMessage.fetch(author: caller.user, clientID: wanted.clientID, in: db) != nil
            guard known == nil, !isMessage else { throw Self.hasGone }
            let moment = try self.moment(wanted.sendAt)
            try self.check(wanted, by: caller, in: db)
            try self.requireRoom(for: caller, in: db)
            try db.execute(
                sql: """
                    INSERT INTO scheduledMessage (id, domainId, userId, conversationId, clientId, text, fromNumber,
                        attachments, sendAt, nextAt, state, createdAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)
                    """,
                arguments: [
                    id, caller.domain, caller.user, wanted.conversation, wanted.clientID, wanted.text, wanted.from,
                    JSON.array(wanted.attachments.map { .string($0.rawValue) }).text, moment, moment,
                    self.clock.now.milliseconds,
                ])
            return (try self.changed(id, in: db), false)
        }
    }

    /// What waits for `caller` or was refused, soonest first.
    ///
    /// - Parameter conversation: Only of this conversation; of all for `nil`.
    public func list(
        of caller: Caller, in conversation: ConversationID?, _ page: PageRequest, _ db: Database
    ) throws -> Page<ScheduledMessage> {
        let start = try page.start()
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM scheduledMessage
                WHERE domainId = ?1 AND userId = ?2 AND state <> 'sent' AND (?3 IS NULL OR conversationId = ?3)
                    AND (sendAt, id) > (?4, ?5)
                ORDER BY sendAt, id LIMIT ?6
                """,
            arguments: [caller.domain, caller.user, conversation, Int(start.key) ?? 0, start.id, page.limit + 1])
        return Page(try rows.map(ScheduledMessage.init), for: page) {
            (String($0.sendAt.milliseconds), $0.id.rawValue)
        }
    }

    /// Changes what a message says or when it goes; one that was refused waits again.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's; what `add` throws.
    public func change(
        _ id: ScheduledID, text: String?, sendAt: Date?, by caller: Caller
    ) async throws -> ScheduledMessage {
        try await store.write { db in
            let former = try self.waiting(id, of: caller, in: db)
            let wanted = ScheduleDraft(
                conversation: former.conversation, clientID: former.clientID, text: text ?? former.text,
                from: former.from, attachments: former.attachments, sendAt: sendAt ?? former.sendAt)
            let moment = try self.moment(wanted.sendAt)
            try self.check(wanted, by: caller, in: db)
            try db.execute(
                sql: """
                    UPDATE scheduledMessage SET text = ?, sendAt = ?, nextAt = ?, state = 'waiting', reason = NULL
                    WHERE domainId = ? AND id = ?
                    """, arguments: [wanted.text, moment, moment, caller.domain, id])
            return try self.changed(id, in: db)
        }
    }

    /// Takes a message back before it goes.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's; `scheduled.sent`.
    public func remove(_ id: ScheduledID, by caller: Caller) async throws {
        try await store.write { db in
            let former = try self.waiting(id, of: caller, in: db)
            try db.execute(
                sql: "DELETE FROM scheduledMessage WHERE domainId = ? AND id = ?", arguments: [caller.domain, id])
            try self.tell(former, in: db) { _ in .null }
        }
    }

    /// Sends a message now.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's; `scheduled.sent`; the send gate's refusal, after which it
    ///   stays as it was.
    public func sendNow(_ id: ScheduledID, by caller: Caller) async throws -> StoredMessage {
        let message = MessageID(at: clock.now)
        return try await store.write { db in
            try self.deliver(try self.waiting(id, of: caller, in: db), as: message, isByHand: true, in: db)
        }
    }

    // MARK: Rules

    private func moment(_ wanted: Date) throws(PortalError) -> Int {
        let now = clock.now.milliseconds
        guard wanted.milliseconds > now - Self.clockSkew.milliseconds else {
            throw PortalError(
                .invalid, id: "scheduled.in-the-past", "That time has gone already. Choose one that is still to come.")
        }
        guard wanted.milliseconds <= now + Self.farthest.milliseconds else {
            throw PortalError(
                .invalid, id: "scheduled.too-far",
                "A message can be scheduled a year ahead at most. Choose a time before.")
        }
        return wanted.milliseconds
    }

    /// Asks the gate now as well: somebody who is there can still mend what it says.
    private func check(_ wanted: ScheduleDraft, by caller: Caller, in db: Database) throws {
        let draft = try messaging.draft(
            wanted.text, to: wanted.conversation, by: caller, clientID: wanted.clientID, from: wanted.from,
            attachments: wanted.attachments, in: db)
        _ = try messaging.authorized(draft, in: db)
        _ = try AttachmentStore.describe(draft, in: db)
    }

    private func requireRoom(for caller: Caller, in db: Database) throws {
        let count = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM scheduledMessage WHERE domainId = ? AND userId = ? AND state <> 'sent'",
            arguments: [caller.domain, caller.user])
        guard count ?? 0 < Self.mostWaiting else {
            throw PortalError(
                .conflict, id: "scheduled.too-many",
                "\(Self.mostWaiting) messages wait already. Send or delete some of them first.")
        }
    }

    private func waiting(_ id: ScheduledID, of caller: Caller, in db: Database) throws -> ScheduledMessage {
        guard let found = try Self.find(id, in: db), found.domain == caller.domain, found.author == caller.user else {
            throw PortalError.notFound("scheduled message")
        }
        guard found.state != .sent else { throw Self.hasGone }
        return found
    }

    private func changed(_ id: ScheduledID, in db: Database) throws -> ScheduledMessage {
        guard let scheduled = try Self.find(id, in: db) else { throw PortalError.notFound("scheduled message") }
        try tell(scheduled, in: db) { try scheduled.json(in: $0) }
        db.afterNextTransaction(onCommit: { [bell] _ in bell.ring() })
        return scheduled
    }

    static func find(_ id: ScheduledID, in db: Database) throws -> ScheduledMessage? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM scheduledMessage WHERE id = ?"), arguments: [id])
            .map(ScheduledMessage.init)
    }
}
