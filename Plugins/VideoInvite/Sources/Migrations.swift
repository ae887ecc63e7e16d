import PatchbaySDK

/// The tables of the video plugin.
enum VideoMigrations {
    static let all = [
        Migration("001-sessions") { db in
            try db.execute(
                sql: """
                    CREATE TABLE videoSession (
                        id TEXT PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        conversationId TEXT NOT NULL,
                        startedBy TEXT NOT NULL,
                        startedAt INTEGER NOT NULL,
                        ringsUntilAt INTEGER NOT NULL,
                        endedAt INTEGER
                    ) STRICT;
                    CREATE UNIQUE INDEX videoSessionOpen ON videoSession(domainId, conversationId)
                        WHERE endedAt IS NULL;
                    CREATE INDEX videoSessionConversation ON videoSession(domainId, conversationId, startedAt);

                    CREATE TABLE videoPerson (
                        sessionId TEXT NOT NULL REFERENCES videoSession(id) ON DELETE CASCADE,
                        domainId TEXT NOT NULL,
                        person TEXT NOT NULL, -- a user's id, or "guest-" and a digest of the guest's key
                        guestName TEXT, -- of guests only
                        state TEXT NOT NULL
                            CHECK (state IN ('invited', 'joined', 'declined', 'missed', 'left')),
                        peer TEXT, -- the browser window that takes part
                        seenAt INTEGER NOT NULL,
                        PRIMARY KEY (sessionId, person)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX videoPersonJoined ON videoPerson(seenAt) WHERE state = 'joined';
                    CREATE INDEX videoPersonInvited ON videoPerson(sessionId) WHERE state = 'invited';
                    """)
        },
        Migration("002-guest-links") { db in
            try db.execute(
                sql: """
                    CREATE TABLE videoGuestLink (
                        id TEXT PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        conversationId TEXT NOT NULL,
                        madeBy TEXT NOT NULL,
                        tokenHash TEXT NOT NULL UNIQUE,
                        createdAt INTEGER NOT NULL,
                        expiresAt INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX videoGuestLinkConversation ON videoGuestLink(domainId, conversationId, expiresAt);
                    """)
        },
        Migration("003-retention") { db in
            try db.execute(
                sql: """
                    CREATE INDEX videoSessionEnded ON videoSession(endedAt) WHERE endedAt IS NOT NULL;
                    CREATE INDEX videoGuestLinkExpires ON videoGuestLink(expiresAt);
                    CREATE INDEX videoPersonUser ON videoPerson(domainId, person);
                    CREATE INDEX videoGuestLinkMaker ON videoGuestLink(domainId, madeBy);
                    """)
        },
    ]
}
