import Dispatch
import Foundation
import GRDBSQLite
import PatchbaySDK

/// Keeps SQLite's write-ahead log small. While somebody reads, what was written since stays in it; a reader that never
/// ends would fill the disk.
///
/// Our own readers are cut (`StoreLimits.longestRead`). Another program's can't be: when the log has grown to
/// `mostLogBytes` because of one, writes are refused until it ends, as with a full disk, but with room left.
struct WriteAheadLog: Sendable {
    /// How long a checkpoint waits for readers, in milliseconds; the writer waits with it.
    private static let patience: Int32 = 50
    /// How often one is tried that has to wait.
    private static let pauseInNanoseconds: UInt64 = 1_000_000_000

    let path: String
    let limits: StoreLimits
    private var nextTry: UInt64 = 0

    init(store path: String, limits: StoreLimits) {
        self.path = path + "-wal"
        self.limits = limits
    }

    /// The log's file, which SQLite makes smaller only when it starts it anew.
    var sizeInBytes: Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    /// Brings the log into the database file if it has grown; on the writer's connection, outside a transaction.
    ///
    /// - Returns: whether there is room for more.
    mutating func tend(_ db: Database) -> Bool {
        guard sizeInBytes > limits.wantedLogBytes else { return true }
        let now = DispatchTime.now().uptimeNanoseconds
        if now >= nextTry {
            nextTry = now + Self.pauseInNanoseconds
            sqlite3_busy_timeout(db.sqliteConnection, Self.patience)
            // What it says is of no use: a reader in the way is the ordinary case, and the size shows the rest.
            sqlite3_wal_checkpoint_v2(db.sqliteConnection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
            sqlite3_busy_timeout(db.sqliteConnection, Int32(PortalStore.busyTimeoutInSeconds * 1000))
        }
        return sizeInBytes < limits.mostLogBytes
    }
}
