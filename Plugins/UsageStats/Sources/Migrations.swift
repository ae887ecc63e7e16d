import PatchbaySDK

/// The tables of the statistics.
enum UsageMigrations {
    static let all = [
        Migration("001-figures") { db in
            try db.execute(
                sql: """
                    -- One row a day, number and person. A chat has no number, an inbound text no person.
                    CREATE TABLE usageCount(
                        domainId TEXT NOT NULL,
                        day INTEGER NOT NULL, -- days since 1970-01-01 in the domain's time zone
                        number TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        received INTEGER NOT NULL DEFAULT 0,
                        sent INTEGER NOT NULL DEFAULT 0,
                        segments INTEGER NOT NULL DEFAULT 0,
                        delivered INTEGER NOT NULL DEFAULT 0,
                        failed INTEGER NOT NULL DEFAULT 0,
                        chats INTEGER NOT NULL DEFAULT 0,
                        newestPlace INTEGER NOT NULL DEFAULT 0, -- the newest message that was counted here
                        PRIMARY KEY (domainId, day, number, userId)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE usageReason(
                        domainId TEXT NOT NULL,
                        day INTEGER NOT NULL,
                        reason TEXT NOT NULL,
                        failed INTEGER NOT NULL DEFAULT 0,
                        PRIMARY KEY (domainId, day, reason)
                    ) STRICT, WITHOUT ROWID;

                    -- How long people waited for the first answer, in buckets that grow by a tenth.
                    CREATE TABLE usageReply(
                        domainId TEXT NOT NULL,
                        day INTEGER NOT NULL,
                        bucket INTEGER NOT NULL,
                        replies INTEGER NOT NULL DEFAULT 0,
                        PRIMARY KEY (domainId, day, bucket)
                    ) STRICT, WITHOUT ROWID;

                    -- Conversations in which somebody outside waits, and since when.
                    CREATE TABLE usageWaiting(
                        conversationId TEXT PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        since INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    -- What isn't a message: opt-outs, video sessions.
                    CREATE TABLE usageDeed(
                        domainId TEXT NOT NULL,
                        day INTEGER NOT NULL,
                        deed TEXT NOT NULL,
                        count INTEGER NOT NULL DEFAULT 0,
                        PRIMARY KEY (domainId, day, deed)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE usageVideo(sessionId TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

                    -- Messages up to `last` are counted from the table of messages; those up to `reached` have been.
                    CREATE TABLE usageRecount(
                        id INTEGER PRIMARY KEY CHECK (id = 1),
                        reached INTEGER NOT NULL,
                        last INTEGER NOT NULL
                    ) STRICT;
                    """)
        },
        Migration("002-days-follow-the-zone") { db in
            try db.execute(
                sql: """
                    -- The zone that a domain's days were counted in.
                    CREATE TABLE usageZone(
                        domainId TEXT PRIMARY KEY,
                        timeZone TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    -- A domain whose messages after `reached` are still to be counted; '' is every domain.
                    CREATE TABLE usageBehind(
                        domainId TEXT PRIMARY KEY,
                        reached INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    -- What a recount under way had counted beside itself would be counted twice: it begins anew.
                    INSERT INTO usageBehind SELECT '', 0 FROM usageRecount WHERE reached < last;
                    DELETE FROM usageCount WHERE EXISTS (SELECT 1 FROM usageBehind);
                    DELETE FROM usageReason WHERE EXISTS (SELECT 1 FROM usageBehind);
                    DELETE FROM usageReply WHERE EXISTS (SELECT 1 FROM usageBehind);
                    DELETE FROM usageWaiting WHERE EXISTS (SELECT 1 FROM usageBehind);
                    DROP TABLE usageRecount;
                    """)
        },
    ]
}
