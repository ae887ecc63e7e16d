import PatchbaySDK

/// The tables of how long messages are kept.
enum RecordsMigrations {
    static let all = [
        Migration("001-retention") { db in
            try db.execute(
                sql: """
                    CREATE TABLE retentionRule(
                        domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                        kind TEXT NOT NULL,
                        days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 36500),
                        PRIMARY KEY (domainId, kind)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE legalHold(
                        id TEXT NOT NULL PRIMARY KEY,
                        domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE RESTRICT,
                        level TEXT NOT NULL CHECK (level IN ('domain', 'user', 'conversation')),
                        subject TEXT NOT NULL,
                        reason TEXT NOT NULL CHECK (reason <> ''),
                        placedBy TEXT NOT NULL,
                        placedAt INTEGER NOT NULL,
                        UNIQUE (domainId, level, subject)
                    ) STRICT;
                    """)
        }
    ]
}
