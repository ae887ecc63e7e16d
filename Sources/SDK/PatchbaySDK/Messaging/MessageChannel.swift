import Foundation

/// Carries the messages of one kind of conversation. Provided by plugins; SMS and Chat are the two that come along.
///
/// Conversations, messages, unread counts, search and history live in the host; a channel says what may be sent and
/// takes it from there.
public protocol MessageChannel: Sendable {
    /// The kind of conversation it carries; one running plugin a kind.
    var kind: ChannelKind { get }

    /// Takes a stored message over, inside the transaction that stores it: an outbox row, for example.
    ///
    /// A channel keeps a message with a `hold` until then, and asks `Conversations.decision(on:in:)` before it goes.
    ///
    /// - Returns: the state that the message starts in, and how many segments it takes.
    func take(_ message: Message, of conversation: Conversation, in db: Database) throws -> Taken

    /// Forgets what it keeps of `messages`, which are being removed for good; inside the transaction that removes them.
    ///
    /// None of them waits to be sent. A channel that keeps nothing has nothing to do.
    func forget(_ messages: [MessageID], of domain: DomainID, in db: Database) throws
}

extension MessageChannel {
    /// Keeps nothing, so there is nothing to forget.
    public func forget(_ messages: [MessageID], of domain: DomainID, in db: Database) throws {}
}

/// How a channel took a message over.
public struct Taken: Sendable, Equatable {
    /// The state that the message starts in.
    public let state: DeliveryState
    /// How many SMS it takes; 0 where that means nothing.
    public let segments: Int

    /// Says in which state the message starts, and how many SMS it takes.
    public init(state: DeliveryState, segments: Int = 0) {
        self.state = state
        self.segments = segments
    }
}

/// A message from outside, for `Conversations.receive`.
public struct Arrival: Sendable, Equatable {
    /// How the conversation is carried.
    public let kind: ChannelKind
    /// The domain whose number it came to.
    public let domain: DomainID
    /// Who wrote: E.164, a short code or an alphanumeric sender.
    public let remote: String
    /// Our number it came to.
    public let to: PhoneNumber
    /// What was written; may be empty.
    public let text: String

    /// Describes a message from outside.
    ///
    /// - Parameter remote: Who wrote: E.164, a short code or an alphanumeric sender.
    public init(kind: ChannelKind, domain: DomainID, remote: String, to: PhoneNumber, text: String) {
        self.kind = kind
        self.domain = domain
        self.remote = remote
        self.to = to
        self.text = text
    }
}

/// The host's conversations, for plugins.
public protocol Conversations: Sendable {
    /// Sends `draft` through the send gate.
    ///
    /// - Throws: the gate's refusal.
    func send(_ draft: Draft) async throws -> Message

    /// As `send(_:)`, inside a transaction that is under way.
    func send(_ draft: Draft, in db: Database) throws -> Message

    /// Asks the send gate about `draft`; for a channel, before a message that was held goes.
    func decision(on draft: Draft, in db: Database) throws -> SendDecision

    /// Stores a message from outside: conversation, unread counts and news for everybody who has the number.
    func receive(_ arrival: Arrival, in db: Database) throws -> Message

    /// Moves a message to `state` and tells its readers. A step back is ignored, unless `isRetry`.
    ///
    /// - Returns: whether anything changed.
    @discardableResult
    func setState(
        _ state: DeliveryState, reason: String?, of message: MessageID, isRetry: Bool, in db: Database
    ) throws -> Bool

    /// Says what a message waits for from now on, and tells its readers; `nil` for nothing.
    func setHold(_ hold: Hold?, of message: MessageID, in db: Database) throws

    /// The message, whichever domain it belongs to.
    func message(_ id: MessageID, in db: Database) throws -> Message?

    /// The message, if `caller` may see it.
    func message(_ id: MessageID, for caller: Caller, in db: Database) throws -> Message?

    /// The conversation, whichever domain it belongs to.
    func conversation(_ id: ConversationID, in db: Database) throws -> Conversation?

    /// Whether `caller` is one of the conversation's people.
    func isMember(_ caller: Caller, of conversation: ConversationID, in db: Database) throws -> Bool

    /// How far each of its people has read, by sequence.
    func readMarks(of conversation: ConversationID, in db: Database) throws -> [UserID: Int]

    /// Everybody who takes part in it now.
    func members(of conversation: ConversationID, in db: Database) throws -> [UserID]

    /// Whether a legal hold keeps the message: then nothing that belongs to it may be removed for its age.
    func isHeld(_ message: MessageID, in db: Database) throws -> Bool

    /// Whether a legal hold keeps the conversation: then nothing that belongs to it may be removed for its age.
    func isHeld(_ conversation: ConversationID, in db: Database) throws -> Bool
}
