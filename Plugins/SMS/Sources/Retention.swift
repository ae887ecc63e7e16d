import Foundation
import PatchbaySDK

/// Forgets how old messages went to the carrier: the outbox rows, their history and their place among the dead letters.
/// The messages themselves stay, and so does all of those that are under a legal hold. What came for nobody goes at the
/// same age, what is left of a removed domain at once.
struct Retention: Sendable {
    /// How long a message's rows are kept after the last change of any of them.
    let kept: Duration
    let outbox: Outbox
    let directory: any Directory

    /// For how long what a carrier brings again is known to be the same, in seconds; carriers give up after days.
    static let repetitionLife: TimeInterval = 90 * 86_400

    /// Rows looked at in one transaction, so that nobody waits long for it.
    static let rowsAtATime = 200

    /// Looks at the next rows after `id`, oldest first, and forgets the messages that have stood still for long enough.
    ///
    /// - Returns: the last row looked at; `nil` when all that are left are too young.
    func step(after id: Int, now: Date, in db: Database) throws -> Int? {
        // Once a sweep, not with each of its parts.
        if id == 0, try forgetRemovedDomain(in: db) { return id }
        try QuietRules.forget(at: now, in: db)
        let limit = now.milliseconds - kept.milliseconds
        try Self.forget("smsUnroutable", before: limit, in: db)
        // What was received is told from a repetition by these.
        try Self.forget("smsInbound", before: now.addingTimeInterval(-Self.repetitionLife).milliseconds, in: db)
        let rows = try Row.fetchAll(
            try db.cachedStatement(
                sql: "SELECT id, messageId, domainId, createdAt FROM smsOutbox WHERE id > ? ORDER BY id LIMIT ?"),
            arguments: [id, Self.rowsAtATime])
        // Ids grow with time, so behind a young row there are only young ones.
        let old = rows.prefix { ($0["createdAt"] as Int) <= limit }
        var seen: Set<MessageID> = []
        for row in old where seen.insert(row["messageId"]).inserted {
            try forget(row["messageId"], of: row["domainId"], unlessChangedAfter: limit, in: db)
        }
        guard old.count == Self.rowsAtATime else { return nil }
        return old.last?["id"]
    }

    private func forget(
        _ message: MessageID, of domain: DomainID, unlessChangedAfter limit: Int, in db: Database
    ) throws {
        // "accepted" and "sent" count as settled: not every carrier reports what became of a message.
        let isWanted = try Bool.fetchOne(
            try db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM smsOutbox
                        WHERE messageId = ? AND (state IN ('queued', 'submitting') OR changedAt > ?))
                    """),
            arguments: [message, limit])
        guard isWanted != true, try !outbox.conversations.isHeld(message, in: db) else { return }
        try outbox.forget(message, of: domain, in: db)
    }

    /// Forgets some of the messages of a domain that is no more.
    ///
    /// - Returns: whether there may be others.
    private func forgetRemovedDomain(in db: Database) throws -> Bool {
        // Steps from domain to domain along the index; DISTINCT would read every row.
        let domains = try DomainID.fetchAll(
            try db.cachedStatement(
                sql: """
                    WITH RECURSIVE step(domainId) AS (
                        SELECT min(domainId) FROM smsDelivery
                        UNION ALL
                        SELECT (SELECT min(domainId) FROM smsDelivery WHERE domainId > step.domainId)
                        FROM step WHERE step.domainId IS NOT NULL
                    )
                    SELECT domainId FROM step WHERE domainId IS NOT NULL
                    """))
        guard let removed = try domains.first(where: { try directory.domain($0, in: db) == nil }) else { return false }
        let messages = try MessageID.fetchAll(
            db, sql: "SELECT DISTINCT messageId FROM smsDelivery WHERE domainId = ? LIMIT ?",
            arguments: [removed, Self.rowsAtATime])
        for message in messages { try outbox.forget(message, of: removed, in: db) }
        return true
    }

    private static func forget(_ table: String, before limit: Int, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                DELETE FROM \(table) WHERE (carrier, carrierMessageId) IN (
                    SELECT carrier, carrierMessageId FROM \(table) WHERE at <= ? ORDER BY at LIMIT ?)
                """
        ).execute(arguments: [limit, rowsAtATime])
    }
}
