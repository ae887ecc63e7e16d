import Foundation
import PatchbaySDK

extension PortalStore {
    /// Puts the backup `source` in place of the store at `path`. The former file is kept beside it as `….before-restore`.
    ///
    /// The restored store gets a new event epoch, so that no browser takes its old place in the events for a valid one.
    /// - Throws: `store.in-use` while a server runs on it; `backup.damaged` when the backup isn't sound; nothing has
    ///   been changed then.
    public static func restore(from source: String, to path: String) throws {
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
        if files.fileExists(atPath: path) {
            let former = path + ".before-restore"
            try? files.removeItem(atPath: former)
            let old = try DatabaseQueue(path: path)
            try old.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try old.close()
            try files.moveItem(atPath: path, toPath: former)
            for suffix in ["-wal", "-shm"] { try? files.removeItem(atPath: path + suffix) }
        }
        try files.moveItem(atPath: fresh, toPath: path)
    }
}
