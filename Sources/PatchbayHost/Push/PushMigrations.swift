import PatchbaySDK

/// The tables of browsers that hear of news while the portal is closed, and of what is on its way to them.
enum PushMigrations {
    static let all = [
        Migration("001-push") { db in
            try db.execute(
                sql: """
                    CREATE TABLE pushSubscription(
                        id TEXT NOT NULL PRIMARY KEY,
                        domainId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        sessionId TEXT NOT NULL UNIQUE REFERENCES session(id) ON DELETE CASCADE,
                        endpoint TEXT NOT NULL UNIQUE, -- a browser is one user's at a time
                        p256dh TEXT NOT NULL,
                        auth TEXT NOT NULL,
                        userAgent TEXT NOT NULL,
                        createdAt INTEGER NOT NULL,
                        FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                    ) STRICT;
                    CREATE INDEX pushSubscriptionByUser ON pushSubscription(domainId, userId);

                    CREATE TABLE pushNote(
                        subscriptionId TEXT NOT NULL REFERENCES pushSubscription(id) ON DELETE CASCADE,
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        kind TEXT NOT NULL CHECK (kind IN ('message', 'invitation', 'answered', 'missed')),
                        sequence INTEGER NOT NULL, -- of the message; 0 for the others
                        personId TEXT, -- who invites
                        revision INTEGER NOT NULL, -- grows when a newer note takes the place of this one
                        dueAt INTEGER NOT NULL,
                        expiresAt INTEGER NOT NULL,
                        attempts INTEGER NOT NULL,
                        PRIMARY KEY (subscriptionId, conversationId)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX pushNoteDue ON pushNote(dueAt);
                    CREATE INDEX pushNoteByConversation ON pushNote(conversationId);
                    """)
        }
    ]
}
