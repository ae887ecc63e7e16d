import PatchbaySDK

/// The tables of how long messages are kept, and of people whose data is removed.
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
        },
        Migration("002-erasures") { db in
            try db.execute(
                sql: """
                    CREATE TABLE erasure(
                        id TEXT NOT NULL PRIMARY KEY,
                        domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                        kind TEXT NOT NULL CHECK (kind IN ('outside', 'user')),
                        subject TEXT NOT NULL, -- a number is whole only while there is something of it to find
                        state TEXT NOT NULL CHECK (state IN ('removing', 'wiping', 'done')),
                        requestedBy TEXT, -- NULL: at the console
                        requestedAt INTEGER NOT NULL,
                        doneAt INTEGER,
                        conversations INTEGER NOT NULL DEFAULT 0,
                        messages INTEGER NOT NULL DEFAULT 0,
                        files INTEGER NOT NULL DEFAULT 0,
                        scheduled INTEGER NOT NULL DEFAULT 0,
                        contacts INTEGER NOT NULL DEFAULT 0,
                        calls INTEGER NOT NULL DEFAULT 0
                    ) STRICT;
                    CREATE UNIQUE INDEX erasureUnderWay ON erasure(domainId, kind, subject) WHERE state = 'removing';
                    CREATE INDEX erasureUnfinished ON erasure(requestedAt) WHERE state <> 'done';
                    CREATE INDEX conversationByRemote ON conversation(domainId, remote) WHERE remote IS NOT NULL;
                    """)
        },
        Migration("003-plugins-not-asked") { db in
            // Ids of plugins, by blanks.
            try db.execute(sql: "ALTER TABLE erasure ADD COLUMN notAsked TEXT NOT NULL DEFAULT ''")
        },
        Migration("004-held-members") { db in
            // However somebody leaves a conversation, what they have read there is still held.
            try db.execute(
                sql: """
                    CREATE TABLE heldMember(
                        conversationId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        PRIMARY KEY (conversationId, userId)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TRIGGER memberHeld BEFORE DELETE ON member
                    WHEN EXISTS (
                        SELECT 1 FROM legalHold
                        WHERE domainId = OLD.domainId AND level = 'user' AND subject = OLD.userId)
                    BEGIN
                        INSERT OR IGNORE INTO heldMember VALUES (OLD.conversationId, OLD.userId);
                    END;
                    CREATE TRIGGER memberNoLongerHeld AFTER DELETE ON legalHold WHEN OLD.level = 'user'
                    BEGIN
                        DELETE FROM heldMember WHERE userId = OLD.subject;
                    END;
                    """)
        },
    ]
}
