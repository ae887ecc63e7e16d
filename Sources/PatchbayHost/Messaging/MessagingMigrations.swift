import PatchbaySDK

/// The tables of conversations and messages.
public enum MessagingMigrations {
    /// The tables of conversations, members, messages, search and attachments, oldest first.
    public static let all = [
        Migration("001-conversations") { db in
            try db.execute(
                sql: """
                    CREATE TABLE conversation(
                        id TEXT PRIMARY KEY,
                        domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                        kind TEXT NOT NULL,
                        key TEXT NOT NULL, -- the outside number, the two users of a chat, or a group's own id
                        remote TEXT,
                        title TEXT,
                        lastSequence INTEGER NOT NULL DEFAULT 0,
                        createdAt INTEGER NOT NULL,
                        UNIQUE (domainId, kind, key)
                    ) STRICT;

                    CREATE TABLE member(
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        userId TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
                        domainId TEXT NOT NULL,
                        unread INTEGER NOT NULL DEFAULT 0,
                        readUpTo INTEGER NOT NULL DEFAULT 0,
                        lastSequence INTEGER NOT NULL DEFAULT 0,
                        activity INTEGER NOT NULL DEFAULT 0, -- the key of the newest message: sorts the inbox
                        isMuted INTEGER NOT NULL DEFAULT 0,
                        isHidden INTEGER NOT NULL DEFAULT 0,
                        hiddenUpTo INTEGER NOT NULL DEFAULT 0, -- deleted for this user up to there
                        fromNumber TEXT,
                        PRIMARY KEY (conversationId, userId)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX memberInbox ON member(userId, isHidden, activity DESC);
                    CREATE INDEX memberUnread ON member(userId, activity DESC) WHERE unread > 0 AND isHidden = 0;

                    CREATE TABLE conversationNumber(
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        number TEXT NOT NULL,
                        lastSequence INTEGER NOT NULL,
                        activity INTEGER NOT NULL,
                        PRIMARY KEY (conversationId, number)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX conversationNumberByNumber ON conversationNumber(number);
                    """)
        },
        Migration("002-messages") { db in
            try db.execute(
                sql: """
                    CREATE TABLE message(
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        sequence INTEGER NOT NULL,
                        id TEXT NOT NULL,
                        domainId TEXT NOT NULL,
                        authorId TEXT,
                        via TEXT,
                        text TEXT NOT NULL,
                        attachments TEXT,
                        clientId TEXT,
                        state TEXT NOT NULL,
                        reason TEXT,
                        segments INTEGER NOT NULL,
                        createdAt INTEGER NOT NULL,
                        PRIMARY KEY (conversationId, sequence)
                    ) STRICT, WITHOUT ROWID;
                    CREATE UNIQUE INDEX messageByClient ON message(authorId, clientId) WHERE clientId IS NOT NULL;

                    CREATE TABLE messageKey(
                        key INTEGER PRIMARY KEY,
                        id TEXT NOT NULL UNIQUE,
                        conversationId TEXT NOT NULL,
                        sequence INTEGER NOT NULL
                    ) STRICT;

                    CREATE TABLE messageHidden(
                        userId TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
                        conversationId TEXT NOT NULL,
                        sequence INTEGER NOT NULL,
                        PRIMARY KEY (userId, conversationId, sequence)
                    ) STRICT, WITHOUT ROWID;

                    CREATE VIRTUAL TABLE messageSearch USING fts5(
                        text, scope, content='', prefix='3', tokenize="unicode61 remove_diacritics 2"
                    );
                    """)
        },
        Migration("003-attachments") { db in
            try db.execute(
                sql: """
                    CREATE TABLE attachment(
                        id TEXT PRIMARY KEY,
                        domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                        userId TEXT NOT NULL,
                        sha256 TEXT NOT NULL,
                        name TEXT NOT NULL,
                        mediaType TEXT NOT NULL,
                        sizeInBytes INTEGER NOT NULL,
                        createdAt INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE attachmentUse(
                        attachmentId TEXT NOT NULL REFERENCES attachment(id) ON DELETE CASCADE,
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        sequence INTEGER NOT NULL,
                        PRIMARY KEY (attachmentId, conversationId, sequence)
                    ) STRICT, WITHOUT ROWID;
                    """)
        },
        Migration("004-automatic-messages") { db in
            try db.execute(
                sql:
                    "ALTER TABLE message ADD COLUMN isAutomatic INTEGER NOT NULL DEFAULT 0 CHECK (isAutomatic IN (0, 1))"
            )
        },
        Migration("005-attachments-by-content") { db in
            try db.execute(sql: "CREATE INDEX attachmentByContent ON attachment(sha256)")
        },
        Migration("006-held-messages") { db in
            try db.execute(
                sql: """
                    ALTER TABLE message ADD COLUMN heldUntil INTEGER;
                    ALTER TABLE message ADD COLUMN heldIn TEXT; -- the recipient's time zone
                    """)
        },
        Migration("007-what-belongs-to-a-message") { db in
            // For the removal of messages, conversations, users and domains.
            try db.execute(
                sql: """
                    CREATE INDEX attachmentUseByMessage ON attachmentUse(conversationId, sequence);
                    CREATE INDEX attachmentByUploader ON attachment(domainId, userId);
                    CREATE INDEX messageHiddenByMessage ON messageHidden(conversationId, sequence);
                    """)
        },
    ]
}
