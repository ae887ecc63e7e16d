import PatchbaySDK

extension PortalStore {
    /// Takes the last traces of removed rows out of the files: words of the search index that wait for its next merge,
    /// free pages, and former pages in the write-ahead log.
    ///
    /// `secure_delete` has overwritten the rows themselves when they were removed.
    ///
    /// - Throws: `PortalError.unavailable` (`store.read-for-long`) when somebody reads without a pause, so that the
    ///   write-ahead log can't be emptied now.
    func wipe(clock: any PortalClock) async throws {
        // A negative number begins to merge everything into one; the rest is done in small steps.
        var pages = -Self.pagesAtATime
        while try await mergeSearchIndex(pages) { pages = Self.pagesAtATime }
        while try await vacuumSome() {}
        // Somebody who reads holds the log for a moment.
        for _ in 0..<Self.mostTries {
            let isBusy = try await alone { db in
                try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")?[0] as Int? ?? 1
            }
            if isBusy == 0 { return }
            try await clock.sleep(for: .milliseconds(200))
        }
        throw PortalError(
            .unavailable(retryAfter: .seconds(60)), id: "store.read-for-long",
            "What was removed can't be taken out of the files while somebody reads them. It is tried again.")
    }

    private static let pagesAtATime = 200
    private static let mostTries = 50

    /// - Returns: whether there may be more.
    private func mergeSearchIndex(_ pages: Int) async throws -> Bool {
        try await write { db in
            let changes = db.totalChangesCount
            try db.execute(
                sql: "INSERT INTO messageSearch (messageSearch, rank) VALUES ('merge', ?)", arguments: [pages])
            // So SQLite says that nothing was left to do.
            return db.totalChangesCount - changes >= 2
        }
    }

    /// - Returns: whether there may be more.
    private func vacuumSome() async throws -> Bool {
        try await alone { db in
            let before = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
            _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(Self.pagesAtATime))")
            let after = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
            return after > 0 && after < before
        }
    }
}
