import Foundation
import PatchbaySDK

/// A message with what its attachments are called: a row of the message table.
public struct StoredMessage: Sendable {
    /// The message as plugins see it.
    public let message: Message
    /// `[{id, name, type, size}]`, as they were when the message was sent.
    let attachments: JSON

    init(message: Message, attachments: JSON) {
        self.message = message
        self.attachments = attachments
    }

    /// What `init(_:from:)` reads, in its order.
    static let columns = """
        message.conversationId, message.sequence, message.id, message.domainId, message.authorId, message.via,
        message.text, message.attachments, message.clientId, message.state, message.reason, message.segments,
        message.createdAt, message.isAutomatic, message.heldUntil, message.heldIn
        """

    /// How many `columns` are: the place of what is read behind them.
    static let columnCount: CInt = 16

    /// - Parameter first: The place of the first of `columns`.
    init(_ row: QuickRow, from first: CInt = 0) throws {
        let attachments = try row.optionalText(first + 7).map { try JSON(parsing: $0) } ?? .array([])
        self.attachments = attachments
        message = Message(
            id: row.id(first + 2), conversation: row.id(first), domain: row.id(first + 3),
            sequence: row.integer(first + 1), author: row.optionalText(first + 4).map(UserID.init(rawValue:)),
            via: row.number(first + 5), text: row.text(first + 6),
            attachments: (attachments.array ?? []).compactMap { $0["id"]?.string.map(AttachmentID.init(rawValue:)) },
            state: DeliveryState(rawValue: row.text(first + 9)) ?? .failed, reason: row.optionalText(first + 10),
            segments: row.integer(first + 11), createdAt: Date(milliseconds: row.integer(first + 12)),
            clientID: row.optionalText(first + 8), isAutomatic: row.flag(first + 13),
            hold: row.optionalInteger(first + 14).map {
                Hold(until: Date(milliseconds: $0), timeZone: row.optionalText(first + 15))
            })
    }

    static func fetch(_ id: MessageID, in db: Database) throws -> StoredMessage? {
        try db.quickRow(byID, .id(id)) { try StoredMessage($0) }
    }

    static func fetch(_ conversation: ConversationID, sequence: Int, in db: Database) throws -> StoredMessage? {
        try db.quickRow(bySequence, .id(conversation), .integer(sequence)) { try StoredMessage($0) }
    }

    static func fetch(author: UserID, clientID: String, in db: Database) throws -> StoredMessage? {
        try db.quickRow(byClient, .id(author), .text(clientID)) { try StoredMessage($0) }
    }

    private static let byID = """
        SELECT \(columns) FROM messageKey JOIN message USING (conversationId, sequence) WHERE messageKey.id = ?
        """
    private static let bySequence = "SELECT \(columns) FROM message WHERE conversationId = ? AND sequence = ?"
    private static let byClient = "SELECT \(columns) FROM message WHERE authorId = ? AND clientId = ?"

    /// - Returns: the message's key: it grows with every message of the store.
    func insert(in db: Database) throws -> Int {
        try db.quickly(
            """
            INSERT INTO message (conversationId, sequence, id, domainId, authorId, via, text, attachments, clientId,
                state, reason, segments, createdAt, isAutomatic, heldUntil, heldIn)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .id(message.conversation), .integer(message.sequence), .id(message.id), .id(message.domain),
            .id(message.author), .number(message.via), .text(message.text),
            .optional(attachments.array?.isEmpty == false ? attachments.text : nil), .optional(message.clientID),
            .text(message.state.rawValue), .optional(message.reason), .integer(message.segments),
            .integer(message.createdAt.milliseconds), .flag(message.isAutomatic),
            .optional(message.hold?.until.milliseconds), .optional(message.hold?.timeZone))
        try db.quickly(
            "INSERT INTO messageKey (id, conversationId, sequence) VALUES (?, ?, ?)", .id(message.id),
            .id(message.conversation), .integer(message.sequence))
        return Int(db.lastInsertedRowID)
    }
}
