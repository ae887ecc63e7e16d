import PatchbaySDK

/// Who wants the e-mails; the settings decide for those who never said.
struct Choices: Sendable {
    let isOnByDefault: Bool

    func isOn(_ user: UserID, of domain: DomainID, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT isOn FROM emailChoice WHERE domainId = ? AND userId = ?")
        return try Bool.fetchOne(statement, arguments: [domain, user]) ?? isOnByDefault
    }

    func set(_ isOn: Bool, _ user: UserID, of domain: DomainID, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO emailChoice VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET isOn = excluded.isOn",
            arguments: [domain, user, isOn])
    }

    /// Removes what is kept of `user`: the choice, the digests, and what they told.
    ///
    /// - Returns: whether there may be more.
    func forget(_ user: UserID, of domain: DomainID, atMost limit: Int, in db: Database) throws -> Bool {
        try db.execute(
            sql: "DELETE FROM emailChoice WHERE domainId = ? AND userId = ?", arguments: [domain, user])
        try db.execute(
            sql: """
                DELETE FROM emailTold WHERE (domainId, userId, conversationId) IN (
                    SELECT domainId, userId, conversationId FROM emailTold WHERE domainId = ? AND userId = ? LIMIT ?)
                """, arguments: [domain, user, limit])
        let told = db.changesCount
        try db.execute(
            sql: """
                DELETE FROM emailDigest WHERE id IN (
                    SELECT id FROM emailDigest WHERE domainId = ? AND userId = ? LIMIT ?)
                """, arguments: [domain, user, limit])
        return told == limit || db.changesCount == limit
    }
}
