import PatchbaySDK

/// Who has asked for no more messages. It holds for all numbers of the domain.
struct OptOuts: Sendable {
    /// An entry of the list.
    struct Entry: Sendable {
        let remote: String
        /// Our number that the word came to; `nil` when an administrator wrote the entry.
        let ourNumber: String?
        let word: String
        /// Milliseconds since 1970.
        let at: Int
    }

    let clock: any PortalClock
    let events: any Events
    let conversations: any Conversations

    func contains(_ remote: String, in domain: DomainID, db: Database) throws -> Bool {
        try Bool.fetchOne(
            try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM smsOptOut WHERE domainId = ? AND remote = ?)"),
            arguments: [domain, remote]) ?? false
    }

    /// - Returns: whether it is new.
    func add(
        _ remote: String, in domain: DomainID, word: String, ourNumber: PhoneNumber?, db: Database
    ) throws -> Bool {
        try db.execute(
            sql: """
                INSERT INTO smsOptOut (domainId, remote, ourNumber, word, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, arguments: [domain, remote, ourNumber, word, clock.now.milliseconds])
        return db.changesCount == 1
    }

    /// - Returns: whether there was one.
    func remove(_ remote: String, in domain: DomainID, db: Database) throws -> Bool {
        try db.execute(sql: "DELETE FROM smsOptOut WHERE domainId = ? AND remote = ?", arguments: [domain, remote])
        return db.changesCount == 1
    }

    /// The entries of `domain` after `remote`, by number.
    func entries(of domain: DomainID, after remote: String, limit: Int, db: Database) throws -> [Entry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT remote, ourNumber, word, at FROM smsOptOut WHERE domainId = ? AND remote > ?
                ORDER BY remote LIMIT ?
                """, arguments: [domain, remote, limit]
        ).map { Entry(remote: $0["remote"], ourNumber: $0["ourNumber"], word: $0["word"], at: $0["at"]) }
    }
}
