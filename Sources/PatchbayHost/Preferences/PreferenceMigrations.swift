import PatchbaySDK

/// The table of preferences.
enum PreferenceMigrations {
    static let all = [
        Migration("001-preferences") { db in
            try db.execute(
                sql: """
                    CREATE TABLE preference(
                        userId TEXT NOT NULL PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        body TEXT NOT NULL CHECK (json_valid(body)),
                        isAway INTEGER NOT NULL CHECK (isAway IN (0, 1)), -- what body says, for every inbound message
                        FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                    ) STRICT;
                    CREATE INDEX preferenceAway ON preference(domainId, userId) WHERE isAway = 1;
                    """)
        }
    ]
}
