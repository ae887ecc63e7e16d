import Foundation
import PatchbaySDK

extension PortalStore {
    /// Puts the backup `source` in place of the store at `path`. The former file is kept beside it as `….before-restore`,
    /// also when it is damaged; one that an earlier restore has kept stays.
    ///
    /// The restored store gets a new event epoch, so that no browser takes its old place in the events for a valid one.
    /// - Throws: `store.in-use` while a server runs on it; `backup.damaged` when the backup isn't sound; nothing has
    ///   been changed then.
    /// - Returns: Where the former file is now; `nil` when there was none.
    @discardableResult
    public static func restore(from source: String, to path: String) throws -> String? {
        let lock = try ServingLock(store: path)
        defer { withExtendedLifetime(lock) {} }
        let files = FileManager.default
        guard files.fileExists(atPath: source) else {
            throw PortalError(.notFound, id: "backup.missing", "There is no file \(source).")
        }
        let fresh = path + ".restoring"
        try? files.removeItem(atPath: fresh)
        // The owner's only from the first byte on, however the backup lay about.
        let mask = umask(0o077)
        defer { umask(mask) }
        try files.copyItem(atPath: source, toPath: fresh)
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fresh)
        do {
            let copy = try DatabaseQueue(path: fresh)
            try copy.writeWithoutTransaction { db in
                guard try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") == "ok" else {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
                if try db.tableExists("meta") { try db.execute(sql: "DELETE FROM meta WHERE key = 'epoch'") }
            }
            try copy.close()
        } catch {
            try? files.removeItem(atPath: fresh)
            throw PortalError(
                .invalid, id: "backup.damaged", "\(source) is not a sound backup (\(error)). Nothing was changed.")
        }
        let former = try putAside(path)
        try files.moveItem(atPath: fresh, toPath: path)
        return former
    }

    /// Moves the store at `path` with its log to a name that is free.
    private static func putAside(_ path: String) throws -> String? {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { return nil }
        // A file that is damaged takes nothing from its log: the log then stays beside it.
        if let old = try? DatabaseQueue(path: path) {
            try? old.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try? old.close()
        }
        let name = path + ".before-restore"
        var former = name
        var count = 1
        while files.fileExists(atPath: former) {
            count += 1
            former = "\(name)-\(count)"
        }
        for suffix in ["-wal", "-shm", ""] where files.fileExists(atPath: path + suffix) {
            try files.moveItem(atPath: path + suffix, toPath: former + suffix)
        }
        return former
    }
}
