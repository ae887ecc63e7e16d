import PatchbaySDK

extension SMSMigrations {
    /// What is held, and who has written lately and may be answered at any hour.
    static let quietHours = Migration("007-quiet-hours") { db in
        try db.execute(
            sql: """
                ALTER TABLE smsOutbox ADD COLUMN hold TEXT NOT NULL DEFAULT 'none'
                    CHECK (hold IN ('none', 'held', 'released'));
                CREATE INDEX smsOutboxHeld ON smsOutbox(carrier) WHERE state = 'queued' AND hold = 'held';
                CREATE TABLE smsHeard (
                    domainId TEXT NOT NULL,
                    remote TEXT NOT NULL,
                    at INTEGER NOT NULL,
                    PRIMARY KEY (domainId, remote)
                ) WITHOUT ROWID;
                CREATE INDEX smsHeardAt ON smsHeard(at);
                """)
    }
}
