/// The one SQLite file, for the tables that a plugin's migrations made (their names begin with the plugin's id).
public protocol Store: Sendable {
    /// Reads a consistent snapshot. Cheap; many may read at once.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value

    /// Writes atomically and returns when the change is on disk (`synchronous=FULL`).
    ///
    /// Concurrent calls share one transaction and one fsync, yet each is atomic and fails alone. For that `body` may be
    /// run twice, so it must have no effect but on the database; and it must be short, for all others wait.
    /// - Throws: what `body` throws, with nothing of it stored; `PortalError.unavailable` (`store.full`, `store.busy`)
    ///   when the disk is full or another program holds the file.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value
}

/// One step of a plugin's tables. Frozen once it has shipped: a later change is a later migration.
public struct Migration: Sendable {
    /// The deed, with a running number: `001-outbox`. The host prefixes the plugin's id.
    public let name: String
    /// Runs inside the transaction that notes the migration as done.
    public let migrate: @Sendable (Database) throws -> Void

    /// - Parameter migrate: Plain SQL with string names, no types of the application.
    public init(_ name: String, _ migrate: @escaping @Sendable (Database) throws -> Void) {
        self.name = name
        self.migrate = migrate
    }
}
