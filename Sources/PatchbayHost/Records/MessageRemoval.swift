import PatchbaySDK

/// Removes messages for good: the rows, their words in the search index, files that nothing else has, and what the
/// channel keeps of them.
struct MessageRemoval {
    /// A message that is to go.
    struct Doomed: Sendable {
        let message: MessageID
        let sequence: Int
        let text: String
        let key: Int

        init(_ row: Row) {
            message = row["id"]
            sequence = row["sequence"]
            text = row["text"]
            key = row["key"]
        }
    }

    let channel: any MessageChannel

    /// - Returns: whether files may have become nobody's.
    func remove(_ doomed: [Doomed], of conversation: ConversationID, domain: DomainID, in db: Database) throws -> Bool {
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
        try db.execute(
            sql: """
                UPDATE member SET unread = min(unread, (SELECT count(*) FROM message
                    WHERE message.conversationId = member.conversationId AND message.sequence > member.readUpTo))
                WHERE conversationId = ? AND unread > 0
                """, arguments: [conversation])
        try AttachmentStore.forget(files, in: db)
        return !files.isEmpty
    }
}
