import PatchbaySDK

/// The tables of the SMS plugin.
enum SMSMigrations {
    static let all = [
        Migration("001-outbox") { db in
            try db.execute(
                sql: """
                    CREATE TABLE smsOutbox (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        domainId TEXT NOT NULL,
                        messageId TEXT NOT NULL,
                        authorId TEXT,
                        part INTEGER NOT NULL CHECK (part >= 1),
                        parts INTEGER NOT NULL CHECK (parts >= part),
                        carrier TEXT NOT NULL,
                        fromNumber TEXT NOT NULL,
                        remote TEXT NOT NULL,
                        text TEXT NOT NULL,
                        encoding TEXT NOT NULL CHECK (encoding IN ('gsm7', 'ucs2')),
                        reference INTEGER NOT NULL CHECK (reference BETWEEN 0 AND 255),
                        state TEXT NOT NULL
                            CHECK (state IN ('queued', 'submitting', 'accepted', 'sent', 'delivered', 'failed')),
                        attempt INTEGER NOT NULL DEFAULT 0,
                        attemptLimit INTEGER NOT NULL,
                        notBeforeAt INTEGER NOT NULL,
                        carrierMessageId TEXT,
                        lastReason TEXT,
                        createdAt INTEGER NOT NULL,
                        changedAt INTEGER NOT NULL,
                        UNIQUE (messageId, part)
                    );
                    CREATE INDEX smsOutboxQueued ON smsOutbox(carrier, domainId, remote, notBeforeAt, id)
                        WHERE state = 'queued';
                    CREATE INDEX smsOutboxSubmitting ON smsOutbox(id) WHERE state = 'submitting';
                    CREATE INDEX smsOutboxAuthor ON smsOutbox(domainId, authorId, createdAt) WHERE part = 1;

                    CREATE TABLE smsLane (
                        carrier TEXT NOT NULL,
                        domainId TEXT NOT NULL,
                        remote TEXT NOT NULL,
                        headId INTEGER NOT NULL REFERENCES smsOutbox(id),
                        nextAt INTEGER NOT NULL,
                        isBusy INTEGER NOT NULL DEFAULT 0 CHECK (isBusy IN (0, 1)),
                        PRIMARY KEY (carrier, domainId, remote)
                    ) WITHOUT ROWID;
                    CREATE INDEX smsLaneDue ON smsLane(carrier, nextAt, headId) WHERE isBusy = 0;

                    CREATE TABLE smsDelivery (
                        id INTEGER PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        messageId TEXT NOT NULL,
                        state TEXT NOT NULL,
                        reason TEXT,
                        attempt INTEGER NOT NULL,
                        at INTEGER NOT NULL
                    );
                    CREATE INDEX smsDeliveryMessage ON smsDelivery(domainId, messageId, id);

                    CREATE TABLE smsDeadLetter (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        domainId TEXT NOT NULL,
                        messageId TEXT NOT NULL UNIQUE,
                        reason TEXT,
                        attempts INTEGER NOT NULL,
                        at INTEGER NOT NULL
                    );
                    CREATE INDEX smsDeadLetterDomain ON smsDeadLetter(domainId, id);
                    """)
        },
        Migration("002-inbound") { db in
            try db.execute(
                sql: """
                    CREATE TABLE smsInbound (
                        carrier TEXT NOT NULL,
                        carrierMessageId TEXT NOT NULL,
                        domainId TEXT,
                        messageId TEXT,
                        at INTEGER NOT NULL,
                        PRIMARY KEY (carrier, carrierMessageId)
                    ) WITHOUT ROWID;

                    CREATE TABLE smsUnroutable (
                        carrier TEXT NOT NULL,
                        carrierMessageId TEXT NOT NULL,
                        sender TEXT NOT NULL,
                        recipient TEXT NOT NULL,
                        text TEXT NOT NULL,
                        reason TEXT NOT NULL,
                        at INTEGER NOT NULL,
                        PRIMARY KEY (carrier, carrierMessageId)
                    ) WITHOUT ROWID;

                    CREATE TABLE smsOptOut (
                        domainId TEXT NOT NULL,
                        remote TEXT NOT NULL,
                        ourNumber TEXT,
                        word TEXT NOT NULL,
                        at INTEGER NOT NULL,
                        PRIMARY KEY (domainId, remote)
                    ) WITHOUT ROWID;
                    """)
        },
        Migration("003-lane-heads") { db in
            // Removing a row of the outbox asks whether it is the head of a lane.
            try db.execute(sql: "CREATE INDEX smsLaneHead ON smsLane(headId)")
        },
        Migration("004-opt-out-record") { db in
            try db.execute(
                sql: """
                    ALTER TABLE smsOptOut ADD COLUMN reason TEXT;
                    ALTER TABLE smsOptOut ADD COLUMN addedBy TEXT;

                    CREATE TABLE smsOptOutChange (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        domainId TEXT NOT NULL,
                        remote TEXT NOT NULL,
                        isAdded INTEGER NOT NULL CHECK (isAdded IN (0, 1)),
                        reason TEXT,
                        changedBy TEXT,
                        at INTEGER NOT NULL
                    );
                    CREATE INDEX smsOptOutChangeRemote ON smsOptOutChange(domainId, remote, id);
                    """)
        },
        Migration("005-usage") { db in
            try db.execute(
                sql: """
                    CREATE TABLE smsUsage (
                        domainId TEXT NOT NULL,
                        hour INTEGER NOT NULL,
                        parts INTEGER NOT NULL CHECK (parts >= 0),
                        PRIMARY KEY (domainId, hour)
                    ) WITHOUT ROWID;
                    CREATE TABLE smsUsageAlarm (
                        domainId TEXT PRIMARY KEY,
                        at INTEGER NOT NULL
                    ) WITHOUT ROWID;
                    INSERT INTO smsUsage (domainId, hour, parts)
                        SELECT domainId, createdAt / 3600000, count(*) FROM smsOutbox
                        WHERE createdAt > (SELECT max(createdAt) FROM smsOutbox) - 86400000 GROUP BY 1, 2;
                    """)
        },
        ledger, quietHours,
        Migration("008-inbound-by-age") { db in
            try db.execute(sql: "CREATE INDEX smsUnroutableAt ON smsUnroutable(at)")
            try db.execute(sql: "CREATE INDEX smsInboundAt ON smsInbound(at)")
        },
    ]
}
