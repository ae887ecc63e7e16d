import PatchbaySDK

/// The table of who did what.
enum AuditMigrations {
    static let all = [
        Migration("001-audit") { db in
            try db.execute(
                sql: """
                    CREATE TABLE auditEntry(
                        sequence INTEGER PRIMARY KEY CHECK (sequence >= 1), -- without gaps
                        at INTEGER NOT NULL,
                        actorKind TEXT NOT NULL CHECK (actorKind IN ('user', 'token', 'console', 'plugin', 'system')),
                        actor TEXT NOT NULL, -- ids only: what is written here can't be taken back
                        domainId TEXT, -- no reference: the row outlives the domain
                        action TEXT NOT NULL CHECK (action <> ''),
                        subject TEXT NOT NULL,
                        details TEXT NOT NULL,
                        previousHash TEXT NOT NULL,
                        hash TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX auditEntryByDomain ON auditEntry(domainId, sequence);
                    CREATE TABLE auditHead( -- the newest row once more: what is cut off at the end is missed
                        id INTEGER PRIMARY KEY CHECK (id = 1),
                        sequence INTEGER NOT NULL,
                        hash TEXT NOT NULL
                    ) STRICT;
                    INSERT INTO auditHead VALUES (1, 0, '');
                    CREATE TRIGGER auditEntryIsNotChanged BEFORE UPDATE ON auditEntry BEGIN
                        SELECT RAISE(ABORT, 'the audit log is only added to');
                    END;
                    CREATE TRIGGER auditEntryIsNotRemoved BEFORE DELETE ON auditEntry BEGIN
                        SELECT RAISE(ABORT, 'the audit log is only added to');
                    END;
                    """)
        }
    ]
}
