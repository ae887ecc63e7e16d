import PatchbaySDK
import Synchronization

/// Conversations and messages of all kinds: who takes part, what was said, what is unread.
///
/// An SMS conversation is everything said with one outside number in a domain; each message names our number that it
/// went through, and a user sees those of the numbers that are assigned to them. A chat's people are its members.
public final class Messaging: Sendable {
    let store: PortalStore
    let events: EventLog
    let gates: Gates
    let numbers: any Numbers
    let contacts: ContactBook
    let clock: any PortalClock
    let claims: ClaimBook
    let away: AwayNotes
    let push: PushNotes
    let typing = TypingPace()
    private let running = Mutex<any RunningChannels>(NoChannels())

    /// Makes the messaging of a portal. Channels come later, by `attach`; until then nothing can be sent.
    public init(
        store: PortalStore, events: EventLog, gates: Gates, numbers: any Numbers, contacts: ContactBook,
        clock: any PortalClock
    ) {
        self.store = store
        self.events = events
        self.gates = gates
        self.numbers = numbers
        self.contacts = contacts
        self.clock = clock
        claims = ClaimBook(clock: clock)
        away = AwayNotes(clock: clock, numbers: numbers, claims: claims)
        push = PushNotes(clock: clock)
        for name in [EventName.created, EventName.changed] {
            events.render(name) { _, body, db in
                guard let conversation = body["conversationId"]?.string, let sequence = body["sequence"]?.int else {
                    return nil
                }
                return try StoredMessage.fetch(ConversationID(rawValue: conversation), sequence: sequence, in: db)
                    .map { ["message": $0.json] }
            }
        }
    }

    /// Says who carries messages. Called once, when the registry is there.
    public func attach(_ channels: any RunningChannels) { running.withLock { $0 = channels } }

    var channels: any RunningChannels { running.withLock { $0 } }

    enum EventName {
        static let created = "message.created"
        static let changed = "message.changed"
        static let conversation = "conversation.changed"
        static let typing = "conversation.typing"
    }

    /// The longest text that is stored at all; a channel may allow less.
    public static let mostCharacters = 10_000
    /// The most files a message carries.
    public static let mostAttachments = 10

    // MARK: Finding

    /// The conversation, if `caller` takes part in it and something carries it now.
    ///
    /// - Throws: `PortalError.notFound` for any other.
    func visible(_ id: ConversationID, to caller: Caller, in db: Database) throws -> Conversation {
        let conversation = try db.quickRow(
            """
            SELECT id, conversation.domainId, kind, remote, title FROM conversation
            JOIN member ON member.conversationId = conversation.id AND member.userId = ?3
            WHERE conversation.domainId = ?1 AND conversation.id = ?2
            """, .id(caller.domain), .id(id), .id(caller.user), read: Conversation.init)
        guard let conversation, channels.channel(conversation.kind) != nil else {
            throw PortalError.notFound("conversation")
        }
        return conversation
    }
}

extension Conversation {
    /// - Parameter row: `id, domainId, kind, remote, title`.
    init(_ row: QuickRow) {
        self.init(
            id: row.id(0), domain: row.id(1), kind: ChannelKind(rawValue: row.text(2)), remote: row.optionalText(3),
            title: row.optionalText(4))
    }
}
