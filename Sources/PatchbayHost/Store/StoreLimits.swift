import Dispatch
import GRDBSQLite
import PatchbaySDK

/// What a store allows its readers, so that its log stays small.
public struct StoreLimits: Sendable {
    /// Reads that take longer are cut: 503 `store.read-too-long`.
    public var longestRead: Duration
    /// Above this size, in bytes, the log is brought into the database file as soon as its readers let it.
    public var wantedLogBytes: Int
    /// At this size, in bytes, writes are refused: 503 `store.log-full`.
    public var mostLogBytes: Int

    /// Sets the limits; as they stand here they suit a machine with some gigabytes of disk to spare.
    public init(
        longestRead: Duration = .seconds(30), wantedLogBytes: Int = 64 << 20, mostLogBytes: Int = 2 << 30
    ) {
        self.longestRead = longestRead
        self.wantedLogBytes = wantedLogBytes
        self.mostLogBytes = mostLogBytes
    }

    /// Runs `body`, which reads from `db`, and cuts it when it takes too long: at its next thousand steps within SQLite.
    func watch<Value>(_ db: Database, _ body: (Database) throws -> Value) throws -> Value {
        var deadline = DispatchTime.now().uptimeNanoseconds + UInt64(longestRead.milliseconds) * 1_000_000
        return try withUnsafeMutablePointer(to: &deadline) { deadline in
            sqlite3_progress_handler(
                db.sqliteConnection, 1000,
                { deadline in
                    let limit = deadline!.load(as: UInt64.self)
                    return DispatchTime.now().uptimeNanoseconds > limit ? 1 : 0
                }, deadline)
            defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
            return try body(db)
        }
    }
}
