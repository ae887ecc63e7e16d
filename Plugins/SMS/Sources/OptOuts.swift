import PatchbaySDK

/// Who has asked for no more messages. It holds for all numbers of the domain.
struct OptOuts: Sendable {
    /// An entry of the list.
    struct Entry: Sendable {
        let remote: String
        /// Our number that the word came to; `nil` when an administrator wrote the entry.
        let ourNumber: String?
        let word: String
        /// Why an administrator wrote it; `nil` for a word of their own.
        let reason: String?
        /// The name of that administrator.
        let addedBy: String?
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

    /// Who changes the list, and why; neither when somebody outside has written the word.
    struct Change: Sendable {
        var reason: String?
        var by: String?
    }

    /// - Returns: whether it is new.
    func add(
        _ remote: String, in domain: DomainID, word: String, ourNumber: PhoneNumber?, _ change: Change = Change(),
        db: Database
    ) throws -> Bool {
        try db.execute(
            sql: """
                INSERT INTO smsOptOut (domainId, remote, ourNumber, word, at, reason, addedBy) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
            arguments: [domain, remote, ourNumber, word, clock.now.milliseconds, change.reason, change.by])
        guard db.changesCount == 1 else { return false }
        try note(remote, in: domain, isAdded: true, change, db: db)
        return true
    }

    /// - Returns: whether there was one.
    func remove(_ remote: String, in domain: DomainID, _ change: Change = Change(), db: Database) throws -> Bool {
        try db.execute(sql: "DELETE FROM smsOptOut WHERE domainId = ? AND remote = ?", arguments: [domain, remote])
        guard db.changesCount == 1 else { return false }
        try note(remote, in: domain, isAdded: false, change, db: db)
        return true
    }

    /// The entries of `domain` after `remote`, by number; with `digits` only numbers that hold them.
    func entries(
        of domain: DomainID, after remote: String, holding digits: String, limit: Int, db: Database
    ) throws -> [Entry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM smsOptOut WHERE domainId = ? AND remote > ? AND instr(remote, ?) > 0
                ORDER BY remote LIMIT ?
                """, arguments: [domain, remote, digits, limit]
        ).map {
            Entry(
                remote: $0["remote"], ourNumber: $0["ourNumber"], word: $0["word"], reason: $0["reason"],
                addedBy: $0["addedBy"], at: $0["at"])
        }
    }

    /// The record stays when the entry goes: who took it back, and why, may be asked years later.
    private func note(
        _ remote: String, in domain: DomainID, isAdded: Bool, _ change: Change, db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO smsOptOutChange (domainId, remote, isAdded, reason, changedBy, at) VALUES (?, ?, ?, ?, ?, ?)
                """, arguments: [domain, remote, isAdded, change.reason, change.by, clock.now.milliseconds])
    }
}
