import Foundation

/// Somebody whom a plugin may tell, outside the portal, of what waits for them in it.
public struct Reader: Sendable, Equatable {
    /// The user as the one who asks.
    public let caller: Caller
    /// First and last name.
    public let fullName: String
    /// Where e-mail reaches them.
    public let email: String
    /// The language that they have chosen, such as `de`; `nil` when they leave it to their browser.
    public let language: String?
    /// Whether notices must keep what was said to themselves.
    public let hidesText: Bool
    /// When they last did something in the portal, to the minute; `nil` for never.
    public let lastSeenAt: Date?

    /// Makes a reader; the host makes them from its tables, tests by hand.
    public init(
        caller: Caller, fullName: String, email: String, language: String?, hidesText: Bool, lastSeenAt: Date?
    ) {
        self.caller = caller
        self.fullName = fullName
        self.email = email
        self.language = language
        self.hidesText = hidesText
        self.lastSeenAt = lastSeenAt
    }
}

/// What somebody hasn't read of one conversation.
public struct UnreadConversation: Sendable, Equatable {
    /// The conversation.
    public let conversation: Conversation
    /// What the reader calls it: a contact's name, a colleague's, a group's, or the number alone.
    public let title: String
    /// The unread messages, oldest first: the newest 100 of them.
    public let messages: [Message]

    /// The most messages of one conversation that are given.
    public static let mostMessages = 100

    /// Makes one; the host makes them from its tables, tests by hand.
    public init(conversation: Conversation, title: String, messages: [Message]) {
        self.conversation = conversation
        self.title = title
        self.messages = messages
    }
}

/// Who hasn't read what, for plugins that tell people elsewhere. All reads run in the caller's transaction.
///
/// It knows only those who could do something about it: enabled users with a portal and an e-mail address, for whom the
/// plugin's gates are open. Muted and deleted conversations, and kinds that nothing carries now, are left out.
///
/// - Since: SDK 1.0
public protocol Readers: Sendable {
    /// The domains of this installation, by id.
    func domains(in db: Database) throws -> [DomainRecord]

    /// Those of `domain` who haven't read a message that was stored in `moments`, by id. Costs about as much as the domain
    /// has users.
    func waiting(in domain: DomainID, for moments: Range<Date>, in db: Database) throws -> [Reader]

    /// One of them; `nil` for a user of another domain, and for one who can't be told.
    func reader(_ user: UserID, of domain: DomainID, in db: Database) throws -> Reader?

    /// What the reader hasn't read of what was stored in `moments`, by conversation, at most 50; the longest wait first.
    func unread(by reader: Reader, in moments: Range<Date>, in db: Database) throws -> [UnreadConversation]
}
