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
}
