import PatchbaySDK

/// The tables of the event log.
public enum EventMigrations {
    /// The event log's tables, oldest first.
    public static let all = [
        Migration("001-events") { db in
            try db.execute(
                sql: """
                    CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
                    CREATE TABLE event(
                        offset INTEGER PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        name TEXT NOT NULL,
                        recipients TEXT NOT NULL, -- user ids with commas, or * for the whole domain
                        body TEXT NOT NULL,
                        publishedAt INTEGER NOT NULL
                    ) STRICT;
                    """)
        }
    ]
}
