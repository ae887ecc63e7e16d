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
    }

    public let conversation: Conversation
    public let author: Author
    public let purpose: Purpose
    public let text: String
    /// Our number to send from, for SMS.
    public let from: PhoneNumber?
    public let attachments: [AttachmentID]
    /// The sender's own id; the same id from the same author again is the same message.
    public let clientID: String?

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
