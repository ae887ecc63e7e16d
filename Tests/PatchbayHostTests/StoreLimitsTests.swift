import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

@Suite("Readers that don't end")
struct StoreLimitsTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-\(UUID().uuidString)")
    private static let endless = """
        WITH RECURSIVE step(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step) SELECT count(*) FROM step
        """

    private func store(_ limits: StoreLimits) throws -> PortalStore {
        let store = try PortalStore.open(at: folder.appending(path: "store.sqlite").path, limits: limits)
        try store.writeNow { db in try db.execute(sql: "CREATE TABLE note(n INTEGER PRIMARY KEY, text TEXT NOT NULL)") }
        return store
    }

    private func fill(_ store: PortalStore, megabytes: Int) async throws {
        for _ in 0..<megabytes {
            try await store.write { db in
                try db.execute(sql: "INSERT INTO note(text) VALUES (hex(randomblob(524288)))")
            }
        }
    }

    @Test("F9: a read that takes too long is cut with a sentence, and the connection reads on")
    func longReadIsCut() async throws {
        let store = try store(StoreLimits(longestRead: .milliseconds(200)))

        let error = await #expect(throws: PortalError.self) {
            try await store.read { db in try Int.fetchOne(db, sql: Self.endless) }
        }

        #expect(error?.id == "store.read-too-long")
        #expect(error?.status == 503)
        let count = try await store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM note") }
        #expect(count == 0)
        try store.close()
    }

    @Test("F9: the log of writes stays near its limit, however much is written")
    func logStaysSmall() async throws {
        let store = try store(StoreLimits(wantedLogBytes: 4 << 20))

        try await fill(store, megabytes: 40)

        #expect(store.logSizeInBytes < 12 << 20)
        try store.close()
    }

    @Test("F9: while another program reads on, writes are refused at the most; when it ends they go on by themselves")
    func otherReaderFillsTheLog() async throws {
        let store = try store(StoreLimits(wantedLogBytes: 2 << 20, mostLogBytes: 8 << 20))
        try await fill(store, megabytes: 1)
        var outside = Configuration()
        outside.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: store.path, configuration: outside)
        try await other.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN")
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM note")
        }

        let refusal = await #expect(throws: PortalError.self) { try await fill(store, megabytes: 40) }
        let sizeAtRefusal = store.logSizeInBytes
        let read = try await store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM note") ?? 0 }
        try await other.writeWithoutTransaction { db in try db.execute(sql: "COMMIT") }

        #expect(refusal?.id == "store.log-full")
        #expect(sizeAtRefusal < 12 << 20)
        #expect(read > 1)
        var isOpen = false
        let deadline = ContinuousClock.now + .seconds(5)
        while !isOpen, ContinuousClock.now < deadline {
            do {
                try await fill(store, megabytes: 1)
                isOpen = true
            } catch is PortalError { await Task.yield() }
        }
        #expect(isOpen)
        #expect(store.logSizeInBytes < 8 << 20)
        try other.close()
        try store.close()
    }
}
