import PatchbaySDK

/// The table of away messages that were answered or are to be.
enum AwayMigrations {
    static let all = [
        Migration("001-away-notes") { db in
            try db.execute(
                sql: """
                    CREATE TABLE awayNote(
                        userId TEXT NOT NULL,
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        domainId TEXT NOT NULL,
                        number TEXT, -- ours that was written to; NULL for a chat
                        notedAt INTEGER NOT NULL,
                        isDue INTEGER NOT NULL CHECK (isDue IN (0, 1)),
                        PRIMARY KEY (userId, conversationId),
                        FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX awayNoteDue ON awayNote(notedAt) WHERE isDue = 1;
                    CREATE INDEX awayNoteByConversation ON awayNote(conversationId);
                    """)
        }
    ]
}
