import PatchbaySDK

/// A migration with its owner: `core`, or a plugin's id. It is registered as `owner/name`.
public struct OwnedMigration: Sendable {
    public let owner: String
    public let migration: Migration

    public init(owner: String, _ migration: Migration) {
        self.owner = owner
        self.migration = migration
    }

    var identifier: String { "\(owner)/\(migration.name)" }
}
