import Foundation
import PatchbaySDK

/// Where a row of the outbox stands.
enum OutboxState: String, DatabaseValueConvertible, Sendable {
    /// Waits for its turn, its time or the next attempt.
    case queued
    /// Handed to the carrier, no answer yet. A row found so at the start is one whose answer was lost.
    case submitting
    case accepted, sent, delivered, failed

    /// The state of the message, were this its only part.
    var delivery: DeliveryState {
        switch self {
        case .queued, .submitting: .pending
        case .accepted: .accepted
        case .sent: .sent
        case .delivered: .delivered
        case .failed: .failed
        }
    }
}

/// Whether a row of the outbox waits because the send gate holds it.
enum OutboxHold: String, DatabaseValueConvertible, Sendable {
    case none, held
    /// Somebody has said that it goes, whatever the hour.
    case released
}

/// A row of the outbox: one SMS, or one part of a long one.
struct OutboxEntry: Sendable {
    let id: Int
    let domain: DomainID
    let carrier: PluginID
    let remote: String
    let state: OutboxState
    let attemptLimit: Int
    let hold: OutboxHold
    let createdAt: Date
    let sms: OutboundSMS

    var message: MessageID { sms.id }
    var attempt: Int { sms.attempt }
    var lane: Lane { Lane(carrier: carrier, domain: domain, remote: remote) }

    static func find(_ id: Int, in db: Database) throws -> OutboxEntry? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM smsOutbox WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).flatMap(OutboxEntry.init)
    }

    static func find(_ message: MessageID, part: Int, in db: Database) throws -> OutboxEntry? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM smsOutbox WHERE messageId = ? AND part = ?")
        return try Row.fetchOne(statement, arguments: [message, part]).flatMap(OutboxEntry.init)
    }

    /// The parts of `message`, in order.
    static func all(of message: MessageID, in db: Database) throws -> [OutboxEntry] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM smsOutbox WHERE messageId = ? ORDER BY part")
        return try Row.fetchAll(statement, arguments: [message]).compactMap(OutboxEntry.init)
    }

    /// `nil` for a row that no longer reads as an SMS, such as one whose number isn't one.
    private init?(_ row: Row) {
        guard let from = PhoneNumber(e164: row["fromNumber"]), let encoding = SMSEncoding(rawValue: row["encoding"]),
            let state = OutboxState(rawValue: row["state"])
        else { return nil }
        id = row["id"]
        domain = row["domainId"]
        carrier = row["carrier"]
        remote = row["remote"]
        attemptLimit = row["attemptLimit"]
        hold = OutboxHold(rawValue: row["hold"]) ?? .none
        createdAt = Date(milliseconds: row["createdAt"])
        self.state = state
        sms = OutboundSMS(
            id: row["messageId"], from: from, to: row["remote"], text: row["text"], encoding: encoding,
            part: row["part"], parts: row["parts"], reference: UInt8(truncatingIfNeeded: row["reference"] as Int),
            attempt: row["attempt"])
    }
}
