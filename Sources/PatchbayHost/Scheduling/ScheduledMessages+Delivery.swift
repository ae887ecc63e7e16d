import Foundation
import PatchbaySDK

extension ScheduledMessages {
    static let eventName = "scheduled.changed"

    /// How long a passing obstacle, such as a carrier that isn't running, may hold a message up.
    static let patience = Duration.seconds(3600)

    /// Makes a message of what waited, through the send gate and in one transaction.
    ///
    /// - Parameter isByHand: Whether its author sends it now. They may be away when its time comes, and haven't read
    ///   what has come meanwhile.
    /// - Throws: the gate's refusal; `scheduled.author-disabled`, `scheduled.not-member`.
    func deliver(
        _ scheduled: ScheduledMessage, as id: MessageID, isByHand: Bool, in db: Database
    ) throws -> StoredMessage {
        let message =
            try StoredMessage.fetch(author: scheduled.author, clientID: scheduled.clientID, in: db)
            ?? messaging.post(try draft(of: scheduled, in: db), id: id, isByHand: isByHand, in: db)
        try db.execute(
            sql: """
                UPDATE scheduledMessage SET state = 'sent', text = '', attachments = '[]', reason = NULL
                WHERE domainId = ? AND id = ?
                """, arguments: [scheduled.domain, scheduled.id])
        try tell(scheduled, in: db) { _ in .null }
        return message
    }

    private func draft(of scheduled: ScheduledMessage, in db: Database) throws -> Draft {
        let scope = try Scope.fetchOne(
            db, sql: "SELECT scope FROM user WHERE domainId = ? AND id = ? AND isEnabled = 1",
            arguments: [scheduled.domain, scheduled.author])
        guard let scope, scope != .noPortal else {
            throw PortalError(
                .forbidden, id: "scheduled.author-disabled", "Your account was switched off when it was to be sent.")
        }
        let caller = Caller(user: scheduled.author, domain: scheduled.domain, scope: scope)
        guard let conversation = try messaging.conversation(scheduled.conversation, in: db),
            try messaging.isMember(caller, of: conversation.id, in: db)
        else {
            throw PortalError(
                .forbidden, id: "scheduled.not-member",
                "You no longer took part in this conversation when it was to be sent.")
        }
        // A plugin that is being replaced comes back; its messages wait for it.
        guard messaging.channels.channel(conversation.kind) != nil else {
            throw PortalError(
                .unavailable(retryAfter: .seconds(10)), id: "scheduled.nothing-carries",
                "Nothing carried \(conversation.kind) here when it was to be sent.")
        }
        return try messaging.draft(
            scheduled.text, to: scheduled.conversation, by: caller, clientID: scheduled.clientID, from: scheduled.from,
            attachments: scheduled.attachments, in: db)
    }

    /// What is due, soonest first: at most `limit`.
    func due(limit: Int) async throws -> [ScheduledMessage] {
        let now = clock.now.milliseconds
        return try await store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM scheduledMessage WHERE state = 'waiting' AND nextAt <= ? ORDER BY nextAt, id LIMIT ?
                    """, arguments: [now, limit]
            ).map(ScheduledMessage.init)
        }
    }

    /// How long until something is due; `nil` when nothing waits.
    func untilNextDue() async throws -> Duration? {
        let now = clock.now.milliseconds
        return try await store.read { db in
            try Int.fetchOne(db, sql: "SELECT min(nextAt) FROM scheduledMessage WHERE state = 'waiting'")
                .map { .milliseconds(max(0, $0 - now)) }
        }
    }

    /// Sends what is due, unless somebody has changed it meanwhile.
    func sendDue(_ scheduled: ScheduledMessage) async throws {
        let message = MessageID(at: clock.now)
        try await store.write { db in
            guard let now = try Self.find(scheduled.id, in: db), now == scheduled else { return }
            _ = try deliver(now, as: message, isByHand: false, in: db)
        }
    }

    /// Keeps what the gate refused, for its author to see; what may pass by itself is tried again.
    func settle(_ refusal: PortalError, of scheduled: ScheduledMessage) async throws {
        try await store.write { db in
            guard let now = try Self.find(scheduled.id, in: db), now == scheduled else { return }
            let next = refusal.retryAfter.map { clock.now.milliseconds + $0.milliseconds }
            if let next, next < scheduled.sendAt.milliseconds + Self.patience.milliseconds {
                return try db.execute(
                    sql: "UPDATE scheduledMessage SET nextAt = ? WHERE id = ?", arguments: [next, scheduled.id])
            }
            try db.execute(
                sql: "UPDATE scheduledMessage SET state = 'refused', reason = ? WHERE id = ?",
                arguments: [refusal.message, scheduled.id])
            guard let refused = try Self.find(scheduled.id, in: db) else { return }
            try tell(refused, in: db) { try refused.json(in: $0) }
        }
    }

    /// Forgets what was sent long ago.
    func prune() async throws {
        let moment = clock.now.milliseconds - Self.memory.milliseconds
        try await store.write { db in
            try db.execute(
                sql: "DELETE FROM scheduledMessage WHERE state = 'sent' AND sendAt < ?", arguments: [moment])
        }
    }

    /// Tells the author's tabs. The log keeps no text: a replay reads it from the table.
    func tell(
        _ scheduled: ScheduledMessage, in db: Database, as json: (Database) throws -> JSON
    ) throws {
        let reference: [String: JSON] = [
            "scheduledId": .string(scheduled.id.rawValue),
            "conversationId": .string(scheduled.conversation.rawValue),
        ]
        let live = JSON.object(reference.merging(["scheduled": try json(db)]) { $1 })
        try messaging.events.publish(
            Event(Self.eventName, in: scheduled.domain, to: .users([scheduled.author]), .object(reference)), in: db,
            live: { live.utf8 })
    }
}
