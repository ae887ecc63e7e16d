import PatchbaySDK

/// The messages of a domain that wait for their carrier, and those that were given up.
enum OutboxList {
    /// A message, over all of its parts.
    struct Entry: Sendable {
        /// Where the list goes on.
        let id: Int
        let message: String
        let domain: DomainID
        /// `waiting`, `submitting` or `dead`.
        let state: String
        let carrier: String
        let author: UserID?
        let from: String
        let to: String
        let reason: String?
        let attempts: Int
        let parts: Int
        /// Milliseconds since 1970.
        let createdAt: Int
        /// When the next attempt is due, in milliseconds since 1970; `nil` when none is planned or it is due now.
        let nextAt: Int?
    }

    /// What waits, oldest first. The index of what is queued leads by carrier, and there are few carriers.
    static func waiting(of domain: DomainID, after id: Int, limit: Int, in db: Database) throws -> [Entry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT min(id) AS id, messageId, domainId, carrier, authorId, fromNumber, remote, parts,
                    max(lastReason) AS reason, max(attempt) AS attempts, min(createdAt) AS createdAt,
                    max(state = 'submitting') AS isUnderWay, max(notBeforeAt) AS nextAt
                FROM (
                    SELECT * FROM smsOutbox INDEXED BY smsOutboxQueued
                    WHERE carrier IN (SELECT DISTINCT carrier FROM smsLane) AND domainId = ?1 AND state = 'queued'
                    UNION ALL
                    SELECT * FROM smsOutbox INDEXED BY smsOutboxSubmitting WHERE domainId = ?1 AND state = 'submitting'
                )
                GROUP BY messageId HAVING min(id) > ?2 ORDER BY min(id) LIMIT ?3
                """, arguments: [domain, id, limit]
        ).map { row in read(row, state: row["isUnderWay"] == true ? "submitting" : "waiting") }
    }

    /// What was given up, newest first.
    static func dead(of domain: DomainID, before id: Int, limit: Int, in db: Database) throws -> [Entry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT letter.id AS id, letter.messageId, letter.domainId, carrier, authorId, fromNumber, remote, parts,
                    letter.reason AS reason, letter.attempts AS attempts, createdAt, 0 AS nextAt
                FROM smsDeadLetter AS letter
                JOIN smsOutbox AS entry ON entry.messageId = letter.messageId AND entry.part = 1
                WHERE letter.domainId = ? AND letter.id < ? ORDER BY letter.id DESC LIMIT ?
                """, arguments: [domain, id, limit]
        ).map { row in read(row, state: "dead") }
    }

    private static func read(_ row: Row, state: String) -> Entry {
        let nextAt: Int = row["nextAt"]
        return Entry(
            id: row["id"], message: row["messageId"], domain: row["domainId"], state: state, carrier: row["carrier"],
            author: row["authorId"], from: row["fromNumber"], to: row["remote"], reason: row["reason"],
            attempts: row["attempts"], parts: row["parts"], createdAt: row["createdAt"],
            nextAt: nextAt > 0 ? nextAt : nil)
    }
}
