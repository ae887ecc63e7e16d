import Foundation
import PatchbaySDK

/// What a `ScheduledID` names.
public enum ScheduledKind {}
/// A message that waits for its time.
public typealias ScheduledID = Identifier<ScheduledKind>

/// A message that waits for its time, or that was refused when it came.
public struct ScheduledMessage: Sendable, Equatable {
    /// How it stands.
    public enum State: String, Sendable {
        case waiting
        /// The send gate said no when its time came; `reason` says why.
        case refused
        /// It is a message now.
        case sent
    }

    /// Which one it is.
    public let id: ScheduledID
    /// Where it will be said.
    public let conversation: ConversationID
    /// How it stands.
    public let state: State
    /// When it is to be sent.
    public let sendAt: Date
    let author: UserID
    let domain: DomainID
    let clientID: String
    let text: String
    let from: PhoneNumber?
    let attachments: [AttachmentID]
    /// When it is tried next, while it waits.
    let nextAt: Date
    let reason: String?
    let createdAt: Date

    init(_ row: Row) throws {
        id = row["id"]
        conversation = row["conversationId"]
        state = State(rawValue: row["state"]) ?? .refused
        sendAt = Date(milliseconds: row["sendAt"])
        author = row["userId"]
        domain = row["domainId"]
        clientID = row["clientId"]
        text = row["text"]
        from = row["fromNumber"]
        attachments = (try JSON(parsing: row["attachments"] as String).array ?? [])
            .compactMap { $0.string.map(AttachmentID.init(rawValue:)) }
        nextAt = Date(milliseconds: row["nextAt"])
        reason = row["reason"]
        createdAt = Date(milliseconds: row["createdAt"])
    }

    /// As the API shows it.
    public func json(in db: Database) throws -> JSON {
        let files = try attachments.map { id in
            try Row.fetchOne(
                db, sql: "SELECT * FROM attachment WHERE domainId = ? AND id = ?", arguments: [domain, id]
            ).map(Attachment.init(row:))?.json
        }
        return [
            "id": .string(id.rawValue), "conversationId": .string(conversation.rawValue),
            "clientId": .string(clientID), "text": .string(text), "from": JSON(from?.e164),
            "attachments": .array(files.compactMap { $0 }), "sendAt": .string(sendAt.rfc3339),
            "state": .string(state.rawValue), "reason": JSON(reason), "createdAt": .string(createdAt.rfc3339),
        ]
    }
}

/// What somebody wants to be sent later.
public struct ScheduleDraft: Sendable {
    /// Where it will be said.
    public var conversation: ConversationID
    /// The sender's own id: the message will have it, and the same id again is the same message.
    public var clientID: String
    /// What it says.
    public var text: String
    /// Our number to send from; `nil` for the one that is usual when the time comes.
    public var from: PhoneNumber?
    /// Uploads of the author's.
    public var attachments: [AttachmentID]
    /// When it is to be sent: at most a year ahead.
    public var sendAt: Date

    /// Takes what somebody typed; `ScheduledMessages` checks it.
    public init(
        conversation: ConversationID, clientID: String, text: String, from: PhoneNumber?, attachments: [AttachmentID],
        sendAt: Date
    ) {
        self.conversation = conversation
        self.clientID = clientID
        self.text = text
        self.from = from
        self.attachments = attachments
        self.sendAt = sendAt
    }
}
