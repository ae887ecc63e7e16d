import PatchbaySDK

/// Removes messages for good: the rows, their words in the search index, files that nothing else has, and what the
/// channel keeps of them. Open tabs are told.
struct MessageRemoval {
    /// A message that is to go.
    struct Doomed: Sendable {
        let message: MessageID
        let sequence: Int
        let text: String
        let key: Int
        /// Whether it still waits to be sent: then its channel needs it.
        let isPending: Bool
        /// Milliseconds since 1970.
        let createdAt: Int

        init(_ row: Row) {
            message = row["id"]
            sequence = row["sequence"]
            text = row["text"]
            key = row["key"]
            isPending = row["state"] == DeliveryState.pending.rawValue
            createdAt = row["createdAt"]
        }
    }

    /// Messages that are removed in one transaction, so that nobody waits long for it.
    static let messagesAtATime = 200

    /// The next messages of a conversation.
    static func page(of conversation: ConversationID, after sequence: Int, in db: Database) throws -> [Doomed] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT message.id, message.sequence, text, state, createdAt, key FROM message
                    JOIN messageKey ON messageKey.id = message.id
                    WHERE message.conversationId = ? AND message.sequence > ? ORDER BY message.sequence
                    LIMIT \(messagesAtATime)
                    """), arguments: [conversation, sequence]
        ).map(Doomed.init)
    }

    let channel: any MessageChannel
    let events: any Events

    /// - Returns: how many files were theirs; some may have become nobody's.
    func remove(_ doomed: [Doomed], of conversation: ConversationID, domain: DomainID, in db: Database) throws -> Int {
        try channel.forget(doomed.map(\.message), of: domain, in: db)
        let indexed = try SearchIndex.progress(in: db)
        let unindex = try db.cachedStatement(
            sql: "INSERT INTO messageSearch (messageSearch, rowid, text, scope) VALUES ('delete', ?, ?, ?)")
        for one in doomed where one.key <= indexed {
            try unindex.execute(arguments: [one.key, one.text, SearchIndex.scope(of: domain)])
        }
        let sequences = JSON.array(doomed.map { .int($0.sequence) }).text
        let keys = JSON.array(doomed.map { .int($0.key) }).text
        let files = try AttachmentID.fetchAll(
            db,
            sql: """
                SELECT DISTINCT attachmentId FROM attachmentUse
                WHERE conversationId = ? AND sequence IN (SELECT value FROM json_each(?))
                """, arguments: [conversation, sequences])
        for table in ["attachmentUse", "messageHidden", "message"] {
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE conversationId = ? AND sequence IN (SELECT value FROM json_each(?))
                    """, arguments: [conversation, sequences])
        }
        // The newest key stays: SQLite would give it to the next message, and the index has passed it already.
        try db.execute(
            sql: """
                DELETE FROM messageKey WHERE key IN (SELECT value FROM json_each(?))
                    AND key < (SELECT max(key) FROM messageKey)
                """, arguments: [keys])
        try Messaging.recountUnread(in: conversation, of: nil, in: db)
        try AttachmentStore.forget(files, in: db)
        try MemberNews(events: events).publish(
            removed: doomed.map(\.sequence), of: conversation, domain: domain, in: db)
        return files.count
    }
}
