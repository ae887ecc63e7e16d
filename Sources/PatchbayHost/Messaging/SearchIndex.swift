import Foundation
import PatchbaySDK

/// Full-text search over messages. A worker indexes behind the senders, so that sending doesn't wait for it; a message
/// can be found within about a second.
public struct SearchIndex: Sendable {
    private static let progressKey = "searchIndexedUpTo"
    /// Messages that are indexed in one transaction.
    private static let batch = 500

    private let store: any Store
    private let clock: any PortalClock

    /// Makes the keeper of the full-text index in `store`.
    public init(store: any Store, clock: any PortalClock) {
        self.store = store
        self.clock = clock
    }

    /// Indexes new messages until it is cancelled.
    public func run() async throws {
        while !Task.isCancelled {
            let done = try await indexSome()
            if done < Self.batch { try await clock.sleep(for: .milliseconds(500)) }
        }
    }

    /// Indexes the next messages.
    ///
    /// - Returns: how many there were, at most `batch`.
    @discardableResult
    public func indexSome() async throws -> Int {
        let hasNews = try await store.read { db in
            let done = try Self.progress(in: db)
            return try Int.fetchOne(db, sql: "SELECT max(key) FROM messageKey") ?? 0 > done
        }
        guard hasNews else { return 0 }
        return try await store.write { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT messageKey.key, message.text, message.domainId FROM messageKey
                    JOIN message USING (conversationId, sequence) WHERE messageKey.key > ? ORDER BY key LIMIT ?
                    """, arguments: [try Self.progress(in: db), Self.batch])
            let statement = try db.cachedStatement(
                sql: "INSERT INTO messageSearch (rowid, text, scope) VALUES (?, ?, ?)")
            for row in rows {
                let domain: DomainID = row["domainId"]
                try statement.execute(arguments: [row["key"], row["text"], Self.scope(of: domain)])
            }
            if let last = rows.last {
                try db.execute(
                    sql: "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                    arguments: [Self.progressKey, String(last["key"] as Int)])
            }
            return rows.count
        }
    }

    static func progress(in db: Database) throws -> Int {
        try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [progressKey]).flatMap {
            Int($0)
        }
            ?? 0
    }

    /// The domain as one word of the index, so that a search never leaves it.
    static func scope(of domain: DomainID) -> String {
        "d" + domain.rawValue.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What people typed as an FTS5 query: every word must occur, the last one may be unfinished. `nil` without words.
    static func query(_ typed: String, in domain: DomainID) -> String? {
        let words = typed.split { !$0.isLetter && !$0.isNumber }.prefix(12).map { "\"\($0.prefix(40))\"" }
        guard !words.isEmpty else { return nil }
        return "scope:\(scope(of: domain)) AND text:(\(words.joined(separator: " AND "))*)"
    }
}
