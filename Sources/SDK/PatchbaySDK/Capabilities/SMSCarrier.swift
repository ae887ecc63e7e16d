import Foundation

/// How a text is written into segments (3GPP TS 23.038).
public enum SMSEncoding: String, Sendable, Codable {
    /// GSM 7-bit default alphabet with its extension table: 160 septets, 153 a segment.
    case gsm7
    /// UTF-16, 70 code units, 67 a segment.
    case ucs2
}

/// An SMS, or one part of a long one, on its way to a carrier.
public struct OutboundSMS: Sendable, Equatable {
    /// The message; with `part` it is the idempotency key.
    public let id: MessageID
    /// Our number that it is sent from.
    public let from: PhoneNumber
    /// Whom it goes to: E.164, or a short code.
    public let to: String
    /// The text of this part; of all parts together when the carrier splits by itself.
    public let text: String
    /// How the text is written into segments.
    public let encoding: SMSEncoding
    /// From 1.
    public let part: Int
    /// How many parts the whole message has; 1 for a short one.
    public let parts: Int
    /// The 8-bit reference that the parts of one message share (3GPP TS 23.040 §9.2.3.24.1).
    public let reference: UInt8
    /// From 1; above 1 the carrier may have had it before.
    public let attempt: Int

    /// Makes an SMS.
    ///
    /// - Parameters:
    ///   - part: From 1 to `parts`.
    ///   - attempt: From 1.
    public init(
        id: MessageID, from: PhoneNumber, to: String, text: String, encoding: SMSEncoding, part: Int, parts: Int,
        reference: UInt8, attempt: Int
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.text = text
        self.encoding = encoding
        self.part = part
        self.parts = parts
        self.reference = reference
        self.attempt = attempt
    }
}

/// Carries SMS to and from the outside. Provided by carrier plugins; a number names the one that serves it.
public protocol SMSCarrier: Sendable {
    /// Whether long messages are handed over part by part (each with `part`, `parts` and `reference`) or whole.
    var takesParts: Bool { get }

    /// The most submits at a time.
    var window: Int { get }

    /// Hands one SMS over.
    ///
    /// Return or throw within a minute, and at once when the task is cancelled: nothing else to the same destination goes
    /// out meanwhile. The SMS plugin waits as long as its `submitTimeoutSeconds` says, then tries again later.
    /// - Returns: the carrier's id for it, if it gives one.
    /// - Throws: `CarrierError`; anything else counts as `.temporary`.
    func submit(_ sms: OutboundSMS) async throws -> String?
}

/// Why a carrier didn't take an SMS.
public enum CarrierError: Error, Sendable, Equatable {
    /// Try again later: no connection, throttled, queue full. The reason is a sentence for people.
    case temporary(reason: String)
    /// Don't try again: no such number, blocked, not allowed.
    case permanent(reason: String)
}

/// The carriers that are running.
public protocol Carriers: Sendable {
    func carrier(_ id: PluginID) -> (any SMSCarrier)?
}

/// An SMS that a carrier has for us.
public struct InboundSMS: Sendable, Equatable {
    /// The carrier that brings it.
    public let carrier: PluginID
    /// The carrier's id: the same id again is the same message.
    public let carrierMessageID: String
    /// E.164, a short code, or an alphanumeric sender.
    public let from: String
    /// Our number that it came to.
    public let to: PhoneNumber
    /// What it says; may be empty.
    public let text: String

    /// Describes an SMS.
    ///
    /// - Parameter carrierMessageID: The carrier's id; the same id again is the same message.
    public init(carrier: PluginID, carrierMessageID: String, from: String, to: PhoneNumber, text: String) {
        self.carrier = carrier
        self.carrierMessageID = carrierMessageID
        self.from = from
        self.to = to
        self.text = text
    }
}

/// What a carrier says became of an SMS that it took.
public struct DeliveryReport: Sendable, Equatable {
    /// What became of it.
    public enum Outcome: Sendable, Equatable {
        /// The carrier passed it on.
        case sent
        /// The handset has it.
        case delivered
        /// It won't arrive; the reason is a sentence for people.
        case failed(reason: String)
    }

    /// The message that was handed over.
    public let message: MessageID
    /// Which of its parts, from 1.
    public let part: Int
    /// What became of that part.
    public let outcome: Outcome

    /// Describes what became of a part.
    public init(message: MessageID, part: Int, outcome: Outcome) {
        self.message = message
        self.part = part
        self.outcome = outcome
    }
}

/// Where carriers bring what they have for us. Provided by the SMS plugin.
///
/// Acknowledge to the carrier only after the call has returned: then it is on disk.
public protocol SMSInbox: Sendable {
    /// Stores an inbound SMS; a repeat (same carrier and id) is a no-op.
    ///
    /// - Throws: `PortalError.unavailable` when it can't be stored now; let the carrier repeat it.
    func receive(_ sms: InboundSMS) async throws
    /// Stores a report. Reports may be repeated, late or out of order; a state only moves forward.
    func report(_ report: DeliveryReport) async throws
}
