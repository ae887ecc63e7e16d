import Foundation
import PatchbaySDK

/// A message with what its attachments are called: a row of the message table.
public struct StoredMessage: Sendable {
    public let message: Message
    /// `[{id, name, type, size}]`, as they were when the message was sent.
    let attachments: JSON

    init(message: Message, attachments: JSON) {
        self.message = message
        self.attachments = attachments
    }

    init(row: Row) throws {
        let attachments = try (row["attachments"] as String?).map { try JSON(parsing: $0) } ?? .array([])
        self.attachments = attachments
        message = Message(
            id: row["id"], conversation: row["conversationId"], domain: row["domainId"], sequence: row["sequence"],
            author: row["authorId"], via: row["via"], text: row["text"],
            attachments: (attachments.array ?? []).compactMap { $0["id"]?.string.map(AttachmentID.init(rawValue:)) },
            state: row["state"], reason: row["reason"], segments: row["segments"],
            createdAt: Date(milliseconds: row["createdAt"]), clientID: row["clientId"])
    }

    static func fetch(_ id: MessageID, in db: Database) throws -> StoredMessage? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT message.* FROM messageKey JOIN message USING (conversationId, sequence) WHERE messageKey.id = ?
                """)
        return try Row.fetchOne(statement, arguments: [id]).map(StoredMessage.init(row:))
    }

    static func fetch(_ conversation: ConversationID, sequence: Int, in db: Database) throws -> StoredMessage? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM message WHERE conversationId = ? AND sequence = ?")
        return try Row.fetchOne(statement, arguments: [conversation, sequence]).map(StoredMessage.init(row:))
    }

    static func fetch(author: UserID, clientID: String, in db: Database) throws -> StoredMessage? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM message WHERE authorId = ? AND clientId = ?")
        return try Row.fetchOne(statement, arguments: [author, clientID]).map(StoredMessage.init(row:))
    }

    /// - Returns: the message's key: it grows with every message of the store.
    func insert(in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            message.conversation, message.sequence, message.id, message.domain, message.author, message.via,
            message.text, attachments.array?.isEmpty == false ? attachments.text : nil, message.clientID,
            message.state, message.reason, message.segments, message.createdAt.milliseconds,
        ])
        let key = try db.cachedStatement(
            sql: "INSERT INTO messageKey (id, conversationId, sequence) VALUES (?, ?, ?)")
        try key.execute(arguments: [message.id, message.conversation, message.sequence])
        return Int(db.lastInsertedRowID)
    }
}
