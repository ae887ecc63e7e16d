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

    /// What becomes of it where it is night for the recipient.
    public enum QuietHours: String, Sendable {
        /// It waits for the morning, as everything does that nobody decides about.
        case hold
        /// It goes at once: its author knows how late it is there.
        case send
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
    /// Whether it may wake its recipient.
    public let quietHours: QuietHours
    /// The message that it is already, when a channel asks again about one that waits; what was counted counts once.
    public let message: MessageID?

    /// Makes a draft.
    ///
    /// - Parameters:
    ///   - from: Our number to send from; `nil` lets the SMS plugin choose.
    ///   - clientID: The sender's own id, 1 to 64 characters of `A`–`Z`, `a`–`z`, `0`–`9`, `-` and `_`.
    ///   - message: The message that it is already, where the gate is asked again.
    public init(
        conversation: Conversation, author: Author, purpose: Purpose = .conversation, text: String,
        from: PhoneNumber? = nil, attachments: [AttachmentID] = [], clientID: String? = nil,
        quietHours: QuietHours = .hold, message: MessageID? = nil
    ) {
        self.conversation = conversation
        self.author = author
        self.purpose = purpose
        self.text = text
        self.from = from
        self.attachments = attachments
        self.clientID = clientID
        self.quietHours = quietHours
        self.message = message
    }
}

/// Until when a message waits.
public struct Hold: Sendable, Equatable {
    /// When it may go; the gate is asked again then.
    public let until: Date
    /// The recipient's IANA time zone, where it is their clock that is waited for and the zone is certain.
    public let timeZone: String?

    /// Holds a message until `until`.
    ///
    /// - Parameter timeZone: The recipient's zone, for “08:00 their time”.
    public init(until: Date, timeZone: String? = nil) {
        self.until = until
        self.timeZone = timeZone
    }

    /// As the API shows it.
    public var json: JSON { ["timeZone": JSON(timeZone), "until": .string(until.rfc3339)] }
}

/// What a check says of a draft.
public enum SendDecision: Sendable, Equatable {
    case allow
    /// Take it, but send it later. Of several holds the longest counts; when it is over, all checks are asked again, with
    /// the draft's `message` set.
    case hold(Hold)
    case refuse(PortalError)
}

/// A further check of the send gate. Every draft from anybody passes all checks; none can be taken out.
public protocol SendCheck: Sendable {
    /// Decides on `draft`. Runs inside the transaction that would store it, so: reads only, and quick.
    ///
    /// Also asked with an empty text, for the composer's “why can't I send?”.
    func check(_ draft: Draft, in db: Database) throws -> SendDecision
}
