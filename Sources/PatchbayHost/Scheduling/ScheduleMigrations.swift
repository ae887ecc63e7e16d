import PatchbaySDK

/// The table of messages that wait for their time.
enum ScheduleMigrations {
    static let all = [
        Migration("001-scheduled-messages") { db in
            // What was sent stays for a while, without its text: a repeated request must not send it again.
            try db.execute(
                sql: """
                    CREATE TABLE scheduledMessage(
                        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
                        domainId TEXT NOT NULL,
                        userId TEXT NOT NULL,
                        conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
                        clientId TEXT NOT NULL,
                        text TEXT NOT NULL,
                        fromNumber TEXT,
                        attachments TEXT NOT NULL CHECK (json_valid(attachments)),
                        sendAt INTEGER NOT NULL,
                        nextAt INTEGER NOT NULL, -- sendAt, or the next try after a passing obstacle
                        state TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'sent')),
                        reason TEXT,
                        createdAt INTEGER NOT NULL,
                        UNIQUE (userId, clientId),
                        FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                    ) STRICT;
                    CREATE INDEX scheduledMessageDue ON scheduledMessage(nextAt, id) WHERE state = 'waiting';
                    CREATE INDEX scheduledMessageByUser ON scheduledMessage(userId, sendAt, id) WHERE state <> 'sent';
                    CREATE INDEX scheduledMessageByConversation ON scheduledMessage(conversationId);
                    """)
        }
    ]
}
