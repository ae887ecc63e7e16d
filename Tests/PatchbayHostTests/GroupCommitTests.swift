import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

@Suite("Group commit")
struct GroupCommitTests {
    let office: Office

    init() throws {
        office = try Office()
        try office.store.writeNow { db in
            try db.execute(sql: "CREATE TABLE tick(n INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT")
        }
    }

    @Test("X promise 1: concurrent writes are all stored, in fewer transactions than there are writes")
    func concurrentWritesShareTransactions() async throws {
        let before = office.store.commitCounts

        try await withThrowingTaskGroup(of: Void.self) { group in
            for n in 0..<500 {
                group.addTask { [store = office.store] in
                    try await store.write { db in
                        try db.execute(sql: "INSERT INTO tick VALUES (?, ?)", arguments: [n, "\(n)"])
                    }
                }
            }
            try await group.waitForAll()
        }

        let stored = try office.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM tick") }
        #expect(stored == 500)
        let counts = office.store.commitCounts
        #expect(counts.calls - before.calls == 500)
        #expect(counts.batches - before.batches < 500)
    }

    @Test("X promise 1: where writes run, SQLite waits for the disk at every commit")
    func commitsAreSynced() throws {
        let level = try office.store.writeNow { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") }
        #expect(level == 2)  // FULL
    }

    @Test("A write that fails half way leaves nothing behind and takes no other write with it")
    func failingWriteFailsAlone() async throws {
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for n in 0..<100 {
                group.addTask { [store = office.store] in
                    do {
                        try await store.write { db in
                            try db.execute(sql: "INSERT INTO tick VALUES (?, ?)", arguments: [n, "\(n)"])
                            if n % 10 == 0 { throw PortalError(.conflict, id: "test.refused", "No.") }
                        }
                        return (n, true)
                    } catch {
                        return (n, false)
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }

        let stored = try office.store.readNow { db in try Set(Int.fetchAll(db, sql: "SELECT n FROM tick")) }
        #expect(stored == Set(outcomes.filter(\.value).keys))
        #expect(stored.count == 90)
    }

    @Test("A violated constraint is the error of its own write")
    func constraintIsReportedToItsCaller() async throws {
        try await office.store.write { db in try db.execute(sql: "INSERT INTO tick VALUES (1, 'one')") }

        await #expect(throws: DatabaseError.self) {
            try await office.store.write { db in try db.execute(sql: "INSERT INTO tick VALUES (2, 'one')") }
        }
    }

    @Test("F8: a file held by another program gives a sentence to try again, and works when it is free")
    func busyFileIsUnavailable() async throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: office.store.path, configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN EXCLUSIVE") }

        await #expect {
            try await office.store.write { db in try db.execute(sql: "INSERT INTO tick VALUES (1, 'one')") }
        } throws: { error in
            (error as? PortalError)?.id == "store.busy"
        }

        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try await office.store.write { db in try db.execute(sql: "INSERT INTO tick VALUES (1, 'one')") }
    }

    @Test("A store of a newer version is refused with a sentence")
    func newerStoreIsRefused() throws {
        try office.store.writeNow { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('core/999-from-the-future')")
        }

        #expect {
            try office.store.migrate(Portal.migrations)
        } throws: { error in
            (error as? PortalError)?.id == "store.newer" && "\(error)".contains("core/999-from-the-future")
        }
    }

    @Test("A backup made under load is sound, and restoring it gives a new event epoch")
    func backupAndRestore() async throws {
        let backup = office.folder.appending(path: "copy.sqlite").path
        try await office.store.write { db in try db.execute(sql: "INSERT INTO tick VALUES (1, 'one')") }

        try office.store.backup(to: backup)
        let restored = office.folder.appending(path: "restored.sqlite").path
        try PortalStore.restore(from: backup, to: restored)

        let copy = try PortalStore.open(at: restored)
        #expect(try copy.integrityFaults() == [])
        #expect(try copy.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM tick") } == 1)
        #expect(
            try copy.readNow { db in try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'") } == nil
        )
        try copy.close()
    }
}
