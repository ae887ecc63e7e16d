import Foundation
import PatchbaySDK

/// The digests that wait, and what has become of the others. The queue is the table: a restart loses nothing.
struct Outbox: Sendable {
    let clock: any PortalClock
    /// Before the first repetition; doubled each time.
    let shortestRetry: Duration

    static let longestRetry = Duration.seconds(3600)
    static let mostAttempts = 10
    /// How long finished digests are kept, for whoever asks what became of them.
    static let retention = Duration.seconds(30 * 24 * 3600)
    /// How many are handed over in one talk.
    static let mostAtOnce = 50

    /// Queues a digest and notes which messages it tells, in one go: each is told once.
    func add(_ digest: Digest, in db: Database) throws {
        let now = clock.now.milliseconds
        try db.execute(
            sql: "INSERT INTO emailDigest VALUES (?, ?, ?, 'queued', 0, ?, ?, ?, ?, NULL)",
            arguments: [digest.id, digest.domain, digest.user, now, now, now, digest.itemsJSON.text])
        for item in digest.items {
            try db.execute(
                sql: """
                    INSERT INTO emailTold VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET upTo = max(upTo, excluded.upTo), toldAt = excluded.toldAt
                    """, arguments: [digest.domain, digest.user, item.conversation, item.upTo, now])
        }
    }

    /// How far each conversation has been told to somebody.
    func told(_ user: UserID, of domain: DomainID, in db: Database) throws -> [ConversationID: Int] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT conversationId, upTo FROM emailTold WHERE domainId = ? AND userId = ?",
            arguments: [domain, user])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["conversationId"], $0["upTo"]) })
    }

    /// Whether somebody has a digest under way, or had one a short while ago.
    func isResting(_ user: UserID, of domain: DomainID, since moment: Date, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM emailDigest WHERE domainId = ? AND userId = ?
                    AND (state IN ('queued', 'sending') OR state <> 'dropped' AND createdAt > ?))
                """)
        return try Bool.fetchOne(statement, arguments: [domain, user, moment.milliseconds]) ?? false
    }

    /// Takes what is due in hand, each with its attempt noted before anything goes out.
    func claim(in db: Database) throws -> [Digest] {
        let now = clock.now.milliseconds
        let due = try Row.fetchAll(
            db,
            sql: """
                SELECT \(Digest.columns) FROM emailDigest WHERE state = 'queued' AND notBeforeAt <= ?
                ORDER BY notBeforeAt LIMIT ?
                """, arguments: [now, Self.mostAtOnce]
        ).map { try Digest($0) }
        for digest in due {
            try db.execute(
                sql:
                    "UPDATE emailDigest SET state = 'sending', attempt = attempt + 1, changedAt = ? WHERE domainId = ? AND id = ?",
                arguments: [now, digest.domain, digest.id])
        }
        return due
    }

    /// Notes how it ended.
    func finish(_ digest: Digest, _ state: Digest.State, reason: String? = nil, in db: Database) throws {
        try db.execute(
            sql: "UPDATE emailDigest SET state = ?, reason = ?, changedAt = ? WHERE domainId = ? AND id = ?",
            arguments: [state.rawValue, reason, clock.now.milliseconds, digest.domain, digest.id])
    }

    /// Tries it again later, or gives it up when it was tried often enough.
    ///
    /// - Parameter countsAttempt: Whether this message was refused; not when the server had a trouble of its own.
    func postpone(_ digest: Digest, reason: String, countsAttempt: Bool, in db: Database) throws {
        let attempts = digest.attempt + 1
        if countsAttempt, attempts >= Self.mostAttempts {
            return try finish(digest, .failed, reason: reason, in: db)
        }
        let wait = countsAttempt ? min(Self.longestRetry, shortestRetry * (1 << min(attempts - 1, 20))) : .zero
        let now = clock.now.milliseconds
        try db.execute(
            sql: """
                UPDATE emailDigest SET state = 'queued', attempt = ?, notBeforeAt = ?, reason = ?, changedAt = ?
                WHERE domainId = ? AND id = ?
                """,
            arguments: [
                countsAttempt ? attempts : digest.attempt, now + wait.milliseconds, reason, now, digest.domain,
                digest.id,
            ])
    }

    /// Queues again what was under way when the program ended. The server may have it: its Message-ID is the same.
    func recover(in db: Database) throws {
        try db.execute(
            sql: "UPDATE emailDigest SET state = 'queued', notBeforeAt = ? WHERE state = 'sending'",
            arguments: [clock.now.milliseconds])
    }

    /// Removes what nobody asks for any more.
    func clean(in db: Database) throws {
        let limit = clock.now.milliseconds - Self.retention.milliseconds
        try db.execute(
            sql: "DELETE FROM emailDigest WHERE changedAt < ? AND state IN ('sent', 'failed', 'dropped')",
            arguments: [limit])
        try db.execute(sql: "DELETE FROM emailTold WHERE toldAt < ?", arguments: [limit])
    }
}
