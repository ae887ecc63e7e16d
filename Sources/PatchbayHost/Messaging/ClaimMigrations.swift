import PatchbaySDK

/// The tables of who answers, and of what a deletion can be undone to.
enum ClaimMigrations {
    static let all = [
        Migration("001-claims") { db in
            // Who loses the number loses the claim with it.
            try db.execute(
                sql: """
                    ALTER TABLE domain ADD COLUMN claimMinutes INTEGER NOT NULL DEFAULT 15
                        CHECK (claimMinutes BETWEEN 1 AND 1440);

                    CREATE TABLE conversationClaim(
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        number TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        domainId TEXT NOT NULL,
                        expiresAt INTEGER NOT NULL,
                        toldAt INTEGER NOT NULL, -- the expiry that people's browsers know
                        PRIMARY KEY (conversationId, number),
                        FOREIGN KEY (number, userId) REFERENCES numberUser(number, userId) ON DELETE CASCADE
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX conversationClaimByExpiry ON conversationClaim(expiresAt);
                    CREATE INDEX conversationClaimByUser ON conversationClaim(number, userId);
                    """)
        },
        Migration("002-undone-deletions") { db in
            try db.execute(
                sql: """
                    CREATE TABLE memberBefore(
                        conversationId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        unread INTEGER NOT NULL,
                        readUpTo INTEGER NOT NULL,
                        hiddenUpTo INTEGER NOT NULL,
                        PRIMARY KEY (conversationId, userId),
                        FOREIGN KEY (conversationId, userId) REFERENCES member(conversationId, userId) ON DELETE CASCADE
                    ) STRICT, WITHOUT ROWID;
                    """)
        },
    ]
}
