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
}
