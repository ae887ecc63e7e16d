import PatchbaySDK

/// A migration with its owner: `core`, or a plugin's id. It is registered as `owner/name`.
public struct OwnedMigration: Sendable {
    /// `core`, or the id of the plugin whose tables they are.
    public let owner: String
    /// The step itself.
    public let migration: Migration

    /// Names the owner of a step.
    public init(owner: String, _ migration: Migration) {
        self.owner = owner
        self.migration = migration
    }

    var identifier: String { "\(owner)/\(migration.name)" }

    /// The identifiers of the steps that this file has had, in their order, by owner. Owners stay when they run no more.
    static func applied(in db: Database) throws -> [String: [String]] {
        guard try db.tableExists("grdb_migrations") else { return [:] }
        let identifiers = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
        return Dictionary(grouping: identifiers) { String($0.prefix { $0 != "/" }) }
    }
}
