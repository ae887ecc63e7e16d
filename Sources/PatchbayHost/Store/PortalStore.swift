import Foundation
import PatchbaySDK
import Synchronization

/// The one SQLite file: WAL, foreign keys, `synchronous=FULL`. What `write` has returned for is on disk.
public final class PortalStore: Store, Sendable {
    /// Where the file lies.
    public let path: String
    private let pool: DatabasePool
    private let commits: GroupCommit
    private let limits: StoreLimits
    /// How long a write waits for another program that holds the file, in seconds.
    public static let busyTimeoutInSeconds = 5.0

    private init(path: String, pool: DatabasePool, limits: StoreLimits) {
        self.path = path
        self.pool = pool
        self.limits = limits
        commits = GroupCommit(pool: pool, log: WriteAheadLog(store: path, limits: limits))
    }

    /// Opens the file, making it and its folder where there are none. Both are readable by their owner only.
    ///
    /// - Throws: `PortalError` `store.not-opened` with the reason when it can't be opened or is no database.
    public static func open(at path: String, limits: StoreLimits = StoreLimits()) throws -> PortalStore {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(busyTimeoutInSeconds)
        configuration.maximumReaderCount = 6
        configuration.label = "patchbay.store"
        configuration.prepareDatabase { db in
            // It counts for a new file only, and must be said before anything is written.
            if !db.configuration.readonly { try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
            try db.execute(
                sql: "PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000")
        }
        do {
            let folder = URL(filePath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            if !FileManager.default.fileExists(atPath: path) {
                _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB turns to NORMAL when it turns to WAL, after it has prepared the connection; so this comes last.
            try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
            try pool.writeWithoutTransaction { db in
                // What is left of a log that had grown, when SQLite starts it anew.
                try db.execute(sql: "PRAGMA journal_size_limit = \(limits.wantedLogBytes)")
            }
            try pool.read { db in _ = try Int.fetchOne(db, sql: "PRAGMA schema_version") }
            return PortalStore(path: path, pool: pool, limits: limits)
        } catch {
            throw PortalError(
                .unavailable(retryAfter: .seconds(60)), id: "store.not-opened",
                "The database \(path) can't be opened: \(Self.reason(error)). Check the path, its owner and the disk, "
                    + "or restore a backup with `patchbay restore`.")
        }
    }

    /// What went wrong, without SQL or type names.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let fault as DatabaseError: fault.message ?? "SQLite reports \(fault.resultCode.rawValue)"
        case let fault as CocoaError: fault.localizedDescription
        default: error.localizedDescription
        }
    }

    /// Reads a consistent snapshot; many may read at once, also during a write.
    ///
    /// - Throws: what `body` throws; `PortalError.unavailable` (`store.read-too-long`) when it took longer than a reader may.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let limits = limits
        do {
            return try await pool.read { db in try limits.watch(db, body) }
        } catch {
            throw StoreFault.explain(error)
        }
    }

    /// Writes with the other calls that wait, in one transaction; each is atomic and fails alone.
    ///
    /// - Throws: what `body` throws; `PortalError.unavailable` (`store.full`, `store.busy`) when nothing can be written
    ///   now.
    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let kept = Kept<Value>()
        let deed = Deed.current
        return try await withCheckedThrowingContinuation { continuation in
            commits.submit(
                GroupCommit.Call(
                    run: { db in kept.value = try Self.run(body, in: db, as: deed) },
                    finish: { error in
                        if let error {
                            continuation.resume(throwing: error)
                        } else {
                            deed?.wasStored()
                            continuation.resume(returning: kept.value!)
                        }
                    }))
        }
    }

    /// Reads and waits for the answer: for commands and tests.
    public func readNow<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try pool.read(body) } catch { throw StoreFault.explain(error) }
    }

    /// Writes and waits until it is on disk: for commands and tests. Events that `body` publishes are delivered.
    @discardableResult
    public func writeNow<Value>(_ body: @escaping @Sendable (Database) throws -> Value) throws -> Value {
        let kept = Kept<Value>()
        let failure = Kept<any Error>()
        let deed = Deed.current
        let done = DispatchSemaphore(value: 0)
        commits.submit(
            GroupCommit.Call(
                run: { db in kept.value = try Self.run(body, in: db, as: deed) },
                finish: { error in
                    failure.value = error
                    done.signal()
                }))
        done.wait()
        if let error = failure.value { throw error }
        deed?.wasStored()
        return kept.value!
    }

    /// An administrator's deed is recorded in the transaction that does it.
    private static func run<Value>(
        _ body: (Database) throws -> Value, in db: Database, as deed: Deed?
    ) throws -> Value {
        guard let deed else { return try body(db) }
        return try deed.recorded(body, in: db)
    }

    /// How many transactions were made for how many writes: their ratio is what group commit saves.
    public var commitCounts: (batches: Int, calls: Int) { commits.counts }

    /// The size of the log that waits to be brought into the database file.
    public var logSizeInBytes: Int { WriteAheadLog(store: path, limits: limits).sizeInBytes }

    /// Whether another program has changed the file since the last call.
    func wasChangedByOthers(since version: inout Int) async throws -> Bool {
        let now = try await commits.alone { db in try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
        defer { version = now }
        return version != 0 && version != now
    }

    /// Runs `body` on the writer's connection, outside of any transaction.
    func alone<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await commits.alone(body) } catch { throw StoreFault.explain(error) }
    }

    func setListener(_ listener: any BatchListener) { commits.setListener(listener) }

    /// Brings the tables up to date. What has been applied is not applied again.
    ///
    /// - Throws: `PortalError.conflict` (`store.newer`) when an owner named in `migrations` has applied one that isn't
    ///   there: the file comes from a newer version.
    public func migrate(_ migrations: [OwnedMigration]) throws {
        var migrator = DatabaseMigrator()
        for step in migrations { migrator.registerMigration(step.identifier) { db in try step.migration.migrate(db) } }
        let owners = Set(migrations.map(\.owner))
        let known = Set(migrations.map(\.identifier))
        let applied = try pool.read { db in try OwnedMigration.applied(in: db) }
        let unknown = owners.sorted().flatMap { applied[$0] ?? [] }.filter { !known.contains($0) }
        guard unknown.isEmpty else { throw StoreFault.newer(unknown, path: path) }
        do { try migrator.migrate(pool) } catch { throw StoreFault.explain(error) }
    }

    /// Copies the file while it is in use. The copy is a state between two transactions.
    ///
    /// - Throws: `PortalError.conflict` (`backup.exists`) when there is a file at `path` already.
    public func backup(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw PortalError(.conflict, id: "backup.exists", "There is a file at \(path) already; name another.")
        }
        // Made first, so that nobody else can read it while it grows.
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw PortalError(
                .invalid, id: "backup.not-made", "\(path) can't be written. Check that its folder is there and yours.")
        }
        let copy = try DatabaseQueue(path: path)
        try pool.backup(to: copy)
        try copy.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
        try copy.close()
    }

    /// What SQLite finds wrong with the file; empty when it is sound.
    public func integrityFaults() throws -> [String] {
        try pool.read { db in
            let faults = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
                .map { "table \($0[0] as String? ?? "?") refers to a missing row of \($0[2] as String? ?? "?")" }
            return faults + orphans
        }
    }

    /// Closes the file. Nothing may be read or written afterwards.
    public func close() throws { try pool.close() }
}

/// Holds a result on its way from the writer's thread to the caller.
///
/// `@unchecked`: it is written on the writer's thread, and read once, after `finish` was called there.
private final class Kept<Value>: @unchecked Sendable {
    var value: Value?
}
