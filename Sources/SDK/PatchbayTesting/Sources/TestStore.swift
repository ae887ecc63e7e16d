import Foundation
import PatchbaySDK
import Synchronization

/// The plugin's tables in a real SQLite file, in a folder of its own that goes when the test ends.
///
/// Every write is run twice, and the first run rolled back: the host may do the same to share a transaction among
/// callers, so a closure that can't bear it should fail here.
public final class TestStore: Store, Sendable {
    private let queue: DatabaseQueue
    private let folder: URL
    private let uses = Mutex(0)
    private let full = Mutex(false)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        queue = try DatabaseQueue(path: folder.appending(path: "test.sqlite").path, configuration: configuration)
    }

    deinit {
        // The file is open until the queue has gone too; unlinking an open file is fine.
        try? FileManager.default.removeItem(at: folder)
    }

    /// How often the store was used, by anybody.
    public var useCount: Int { uses.withLock { $0 } }

    /// Whether the disk is full: every `write` is refused then, as the host's store does (`store.full`).
    public var isFull: Bool {
        get { full.withLock { $0 } }
        set { full.withLock { $0 = newValue } }
    }

    /// Reads a consistent snapshot.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        uses.withLock { $0 += 1 }
        return try await queue.read(body)
    }

    /// Writes atomically, after a first run that is rolled back.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        uses.withLock { $0 += 1 }
        guard !isFull else {
            throw PortalError(.unavailable(retryAfter: .seconds(5)), id: "store.full", "The disk is full.")
        }
        return try await queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                _ = try body(db)
                return .rollback
            }
            var value: Value?
            try db.inTransaction(.immediate) {
                value = try body(db)
                return .commit
            }
            guard let value else { preconditionFailure("a committed transaction has a value") }
            return value
        }
    }

    /// Brings `migrations` in, as the host does: each once, under its owner's name.
    public func migrate(_ migrations: [Migration], owner: String) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration("\(owner)/\(migration.name)") { db in try migration.migrate(db) }
        }
        try migrator.migrate(queue)
    }

    /// Reads at once, without waiting for a task: for a test's own look at the tables.
    public func readNow<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.read(body) }

    /// Writes at once: for a test's own seeding.
    public func writeNow<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.write(body) }
}
