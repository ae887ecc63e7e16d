import PatchbaySDK

/// The tables of the e-mail plugin.
enum EmailMigrations {
    static let all = [
        Migration("001-digests") { db in
            try db.execute(
                sql: """
                    CREATE TABLE emailKey (
                        id INTEGER PRIMARY KEY CHECK (id = 1),
                        secret TEXT NOT NULL, -- signs the links; Base64
                        madeAt INTEGER NOT NULL -- what came before is told to nobody
                    ) STRICT;

                    CREATE TABLE emailChoice (
                        domainId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        isOn INTEGER NOT NULL CHECK (isOn IN (0, 1)),
                        PRIMARY KEY (domainId, userId)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE emailTold (
                        domainId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        conversationId TEXT NOT NULL,
                        upTo INTEGER NOT NULL, -- messages up to there are in a digest
                        toldAt INTEGER NOT NULL,
                        PRIMARY KEY (domainId, userId, conversationId)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX emailToldByAge ON emailTold(toldAt);

                    CREATE TABLE emailDigest (
                        id TEXT PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
                        attempt INTEGER NOT NULL,
                        notBeforeAt INTEGER NOT NULL,
                        createdAt INTEGER NOT NULL,
                        changedAt INTEGER NOT NULL,
                        items TEXT NOT NULL CHECK (json_valid(items)), -- [{conversation, after, upTo}]
                        reason TEXT -- why it failed, for the administrator
                    ) STRICT;
                    CREATE INDEX emailDigestDue ON emailDigest(notBeforeAt) WHERE state = 'queued';
                    CREATE INDEX emailDigestByUser ON emailDigest(domainId, userId, createdAt);
                    CREATE INDEX emailDigestByAge ON emailDigest(changedAt);
                    """)
        }
    ]
}
