import Foundation

/// How a conversation is carried: `sms`, `chat`, or what a plugin adds.
public struct ChannelKind: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible {
    /// The kind's name in the store and the API, such as `sms`.
    public let rawValue: String
    /// Names a kind; any text will do, for plugins may add their own.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The kind's name.
    public var description: String { rawValue }

    /// With an outside number, by SMS.
    public static let sms = ChannelKind(rawValue: "sms")
    /// Among users of one domain, by chat.
    public static let chat = ChannelKind(rawValue: "chat")
}

/// Where a message stands. It only moves forward, but for a retry by hand.
public enum DeliveryState: String, Sendable, Codable, CaseIterable, DatabaseValueConvertible {
    /// Stored, waiting for its time or for the carrier.
    case pending
    /// The carrier has taken it.
    case accepted
    /// On its way to the handset; for a chat: stored and visible to the others.
    case sent
    case delivered
    case failed
    /// Came from the other side.
    case received

    /// Whether a message in this state may go to `next`.
    public func mayBecome(_ next: DeliveryState) -> Bool {
        let order: [DeliveryState] = [.pending, .accepted, .sent, .delivered]
        guard let here = order.firstIndex(of: self) else { return self == .failed && next == .delivered }
        guard let there = order.firstIndex(of: next) else { return next == .failed && self != .delivered }
        return there > here
    }
}

/// A conversation: all that was said with one outside number, or among some users.
public struct Conversation: Sendable, Equatable {
    /// The conversation's id.
    public let id: ConversationID
    /// The domain that it belongs to.
    public let domain: DomainID
    /// How it is carried.
    public let kind: ChannelKind
    /// The outside party of an SMS conversation: E.164, a short code or an alphanumeric sender.
    public let remote: String?
    /// The name of a group chat.
    public let title: String?

    /// Makes a conversation; the host makes them from its tables, tests by hand.
    public init(id: ConversationID, domain: DomainID, kind: ChannelKind, remote: String?, title: String?) {
        self.id = id
        self.domain = domain
        self.kind = kind
        self.remote = remote
        self.title = title
    }
}

/// A message as it is stored.
public struct Message: Sendable, Equatable {
    /// The message's id; also the idempotency key towards a carrier.
    public let id: MessageID
    /// The conversation that it was said in.
    public let conversation: ConversationID
    /// The domain that it belongs to.
    public let domain: DomainID
    /// From 1, without gaps, in the order of commits: the order that every reader sees.
    public let sequence: Int
    /// Who wrote it, or whom it was written for automatically; `nil` for the outside party or a plugin.
    public let author: UserID?
    /// Our number that it went through; `nil` for chat.
    public let via: PhoneNumber?
    /// What was said; may be empty where there are attachments.
    public let text: String
    /// The files that came with it.
    public let attachments: [AttachmentID]
    /// Where it stands.
    public let state: DeliveryState
    /// Why it failed, for people.
    public let reason: String?
    /// How many SMS it takes; 0 for chat.
    public let segments: Int
    /// When it was stored.
    public let createdAt: Date
    /// The sender's own id for it, given back so that the browser recognises it.
    public let clientID: String?
    /// Whether no person wrote it, such as an away message.
    public let isAutomatic: Bool
    /// What it waits for while it is `pending`, when the send gate holds it.
    public let hold: Hold?

    /// Makes a message; the host makes them from its tables, tests by hand.
    public init(
        id: MessageID, conversation: ConversationID, domain: DomainID, sequence: Int, author: UserID?,
        via: PhoneNumber?, text: String, attachments: [AttachmentID], state: DeliveryState, reason: String?,
        segments: Int, createdAt: Date, clientID: String?, isAutomatic: Bool = false,
        hold: Hold? = nil
    ) {
        self.id = id
        self.conversation = conversation
        self.domain = domain
        self.sequence = sequence
        self.author = author
        self.via = via
        self.text = text
        self.attachments = attachments
        self.state = state
        self.reason = reason
        self.segments = segments
        self.createdAt = createdAt
        self.clientID = clientID
        self.isAutomatic = isAutomatic
        self.hold = hold
    }
}
