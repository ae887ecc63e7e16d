import Foundation

/// A message that somebody wants to send; the send gate decides.
public struct Draft: Sendable, Equatable {
    /// On whose behalf.
    public enum Author: Sendable, Equatable {
        case user(UserID)
        /// A plugin's own doing: an invitation, an automatic reply.
        case plugin(PluginID)
    }

    /// What the message is for; some rules except some purposes.
    public enum Purpose: Sendable, Equatable {
        case conversation
        /// The one confirmation that an opt-out, opt-in or HELP is answered with.
        case complianceReply
        /// What is answered for somebody who is away.
        case awayReply

        /// Whether no person writes it: it is never answered automatically.
        public var isAutomatic: Bool { self != .conversation }
    }

    /// Where it shall be said.
    public let conversation: Conversation
    /// On whose behalf.
    public let author: Author
    /// What it is for; some rules except some purposes.
    public let purpose: Purpose
    /// What it says; empty only with attachments, or when a check is asked about the composer.
    public let text: String
    /// Our number to send from, for SMS.
    public let from: PhoneNumber?
    /// Uploads of the author's, at most 10.
    public let attachments: [AttachmentID]
    /// The sender's own id; the same id from the same author again is the same message.
    public let clientID: String?

    /// Makes a draft.
    ///
    /// - Parameters:
    ///   - from: Our number to send from; `nil` lets the SMS plugin choose.
    ///   - clientID: The sender's own id, 1 to 64 characters of `A`–`Z`, `a`–`z`, `0`–`9`, `-` and `_`.
    public init(
        conversation: Conversation, author: Author, purpose: Purpose = .conversation, text: String,
        from: PhoneNumber? = nil, attachments: [AttachmentID] = [], clientID: String? = nil
    ) {
        self.conversation = conversation
        self.author = author
        self.purpose = purpose
        self.text = text
        self.from = from
        self.attachments = attachments
        self.clientID = clientID
    }
}

/// What a check says of a draft.
public enum SendDecision: Sendable, Equatable {
    case allow
    /// Send it, but not before then.
    case hold(until: Date)
    case refuse(PortalError)
}

/// A further check of the send gate. Every draft from anybody passes all checks; none can be taken out.
public protocol SendCheck: Sendable {
    /// Decides on `draft`. Runs inside the transaction that would store it, so: reads only, and quick.
    ///
    /// Also asked with an empty text, for the composer's “why can't I send?”.
    func check(_ draft: Draft, in db: Database) throws -> SendDecision
}
