import Foundation
import PatchbaySDK

extension AttachmentStore {
    /// How long an upload that was never sent is kept: seven days.
    public static let unsentLife: TimeInterval = 7 * 86_400

    private static let rowsAtATime = 200

    /// What keeps an upload for later, besides the messages that it was sent in: SQL conditions on `attachment`.
    private static let holders = [
        "EXISTS (SELECT 1 FROM attachmentUse WHERE attachmentId = attachment.id)",
        """
        id IN (SELECT file.value FROM scheduledMessage, json_each(scheduledMessage.attachments) AS file)
        """,
    ]

    /// Forgets uploads that nobody has sent in time, then removes files that no row names any more: theirs, and those of
    /// removed domains.
    public func clean() async throws {
        try await forgetUnsent()
        for folder in try contents(of: folder) where folder.lastPathComponent.count == 2 {
            try await removeOrphans(in: folder)
            try removeHalves(in: folder)
        }
    }

    /// Files that nobody finished: the server was killed while it wrote them. An upload takes minutes at most.
    private func removeHalves(in folder: URL) throws {
        let all = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
        for file in all where file.lastPathComponent.hasPrefix(".") {
            let changed = try? file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
            // By the clock that the file system goes by.
            guard let changed, changed.timeIntervalSinceNow < -3600 else { continue }
            try? FileManager.default.removeItem(at: file)
        }
    }

    /// Forgets those of `files` that nothing holds any more, whoever uploaded them and when.
    static func forget(_ files: [AttachmentID], in db: Database) throws {
        guard !files.isEmpty else { return }
        let list = JSON.array(files.map { .string($0.rawValue) }).text
        try db.execute(
            sql: """
                DELETE FROM attachment WHERE id IN (SELECT value FROM json_each(?))
                    AND NOT (\(holders.joined(separator: " OR ")))
                """, arguments: [list])
    }

    /// What `user` has uploaded and nothing holds, whenever it was.
    static func unsent(
        of user: UserID, in domain: DomainID, atMost limit: Int, _ db: Database
    ) throws -> [AttachmentID] {
        try AttachmentID.fetchAll(
            db,
            sql: """
                SELECT id FROM attachment WHERE domainId = ? AND userId = ? AND NOT (\(holders.joined(separator: " OR ")))
                LIMIT ?
                """, arguments: [domain, user, limit])
    }

    private func forgetUnsent() async throws {
        let limit = clock.now.addingTimeInterval(-Self.unsentLife).milliseconds
        let isHeld = Self.holders.joined(separator: " OR ")
        var last = AttachmentID(rawValue: "")
        while true {
            let after = last
            // Read first, so that the writer isn't busy with looking.
            let ids = try await store.read { db in
                try AttachmentID.fetchAll(
                    db,
                    sql: """
                        SELECT id FROM attachment WHERE id > ? AND createdAt < ? AND NOT (\(isHeld))
                        ORDER BY id LIMIT \(Self.rowsAtATime)
                        """, arguments: [after, limit])
            }
            guard let newest = ids.last else { return }
            let list = JSON.array(ids.map { .string($0.rawValue) }).text
            try await store.write { db in
                try db.execute(
                    sql: """
                        DELETE FROM attachment WHERE id IN (SELECT value FROM json_each(?)) AND NOT (\(isHeld))
                        """, arguments: [list])
            }
            last = newest
        }
    }

    private func removeOrphans(in folder: URL) async throws {
        var files = try contents(of: folder)
        while !files.isEmpty {
            let some = Array(files.prefix(Self.rowsAtATime))
            files.removeFirst(some.count)
            let moment = uploads.moment
            let list = JSON.array(some.map { .string($0.lastPathComponent) }).text
            let orphans = try await store.read { db in
                try Set(
                    String.fetchAll(
                        db,
                        sql: "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT sha256 FROM attachment)",
                        arguments: [list]))
            }
            for file in some where orphans.contains(file.lastPathComponent) {
                uploads.unlessChanged(since: moment, file.lastPathComponent) {
                    // One that can't be removed just now is found again tomorrow.
                    try? FileManager.default.removeItem(at: file)
                }
            }
        }
    }

    /// Only whole files: what is being written has a name that begins with a dot.
    private func contents(of folder: URL) throws -> [URL] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    }
}
