import PatchbaySDK

/// The tables of calls that users placed, and of what a domain's people may not call.
enum CallMigrations {
    static let all = [
        Migration("001-calls") { db in
            try db.execute(
                sql: """
                    CREATE TABLE call(
                        id TEXT PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        clientId TEXT NOT NULL, -- one press of the button is one call
                        plugin TEXT NOT NULL,
                        kind TEXT NOT NULL CHECK (kind IN ('number', 'extension')),
                        destination TEXT NOT NULL,
                        name TEXT,
                        otherUserId TEXT,
                        contactId TEXT,
                        state TEXT NOT NULL
                            CHECK (state IN ('ringing', 'connecting', 'talking', 'ended', 'failed', 'cancelled')),
                        failure TEXT,
                        startedAt INTEGER NOT NULL,
                        answeredAt INTEGER,
                        endedAt INTEGER,
                        UNIQUE (userId, clientId),
                        CHECK ((endedAt IS NULL) = (state IN ('ringing', 'connecting', 'talking'))),
                        CHECK ((failure IS NOT NULL) = (state = 'failed')),
                        FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                    ) STRICT;
                    CREATE INDEX callByUser ON call(domainId, userId, id DESC);
                    CREATE INDEX callByDestination ON call(domainId, userId, destination, id DESC);
                    CREATE INDEX callUnderWay ON call(plugin, startedAt) WHERE endedAt IS NULL;

                    CREATE TABLE deniedCalls(
                        domainId TEXT PRIMARY KEY REFERENCES domain(id) ON DELETE CASCADE,
                        patterns TEXT NOT NULL CHECK (json_valid(patterns))
                    ) STRICT;
                    """)
        },
        Migration("002-instances") { db in
            // Which instance of the adapter placed it: a later one knows nothing of it.
            try db.execute(sql: "ALTER TABLE call ADD COLUMN instance INTEGER NOT NULL DEFAULT 0")
        },
    ]
}
