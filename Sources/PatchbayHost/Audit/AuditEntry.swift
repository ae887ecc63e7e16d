import Crypto
import Foundation
import PatchbaySDK

/// Who did something that is recorded.
public struct AuditActor: Sendable, Equatable {
    /// By what right somebody acts.
    public enum Kind: String, Sendable, CaseIterable {
        /// A user in a browser.
        case user
        /// A program with a user's API token.
        case token
        /// An operator with the command line.
        case console
        /// A plugin by itself.
        case plugin
        /// The host by itself.
        case system
    }

    /// By what right.
    public let kind: Kind
    /// The user's or the plugin's id, or the operator's name on the machine; empty for the host.
    public let id: String

    /// Names who acts.
    ///
    /// - Parameter id: The user's or the plugin's id, or the operator's name on the machine; empty for the host.
    public init(_ kind: Kind, id: String) {
        self.kind = kind
        self.id = id
    }

    /// The host by itself.
    public static let host = AuditActor(.system, id: "")
}

/// What is to be recorded: ids and facts, never texts, secrets or whole numbers.
public struct AuditRecord: Sendable, Equatable {
    /// Who did it.
    public let actor: AuditActor
    /// The domain that it concerns; `nil` when it is the system's affair.
    public let domain: DomainID?
    /// What was done, such as `change-user`; never changes its meaning.
    public let action: String
    /// Whom or what it was done to, by id.
    public let subject: String
    /// What changed, briefly.
    public let details: JSON

    /// Describes a deed.
    ///
    /// - Parameters:
    ///   - domain: The domain that it concerns; `nil` when it is the system's affair.
    ///   - details: A small object: no texts, no secrets, no whole numbers.
    public init(_ action: String, of subject: String, in domain: DomainID?, by actor: AuditActor, details: JSON = [:]) {
        self.action = action
        self.subject = subject
        self.domain = domain
        self.actor = actor
        self.details = details
    }
}

/// A row of the audit log.
public struct AuditEntry: Sendable, Equatable {
    static let columns = "sequence, at, actorKind, actor, domainId, action, subject, details, previousHash, hash"

    /// Its place in the log, from 1 and without gaps.
    public let sequence: Int
    /// When it was done.
    public let at: Date
    /// Who did it.
    public let actor: AuditActor
    /// The domain that it concerns; `nil` when it is the system's affair.
    public let domain: DomainID?
    /// What was done.
    public let action: String
    /// Whom or what it was done to, by id.
    public let subject: String
    /// What changed, as JSON text: it is hashed as it was written.
    public let details: String
    /// The hash of the row before; empty at the first.
    public let previousHash: String
    /// SHA-256 over this row and the hash of the row before, in hexadecimal.
    public let hash: String

    init(_ record: AuditRecord, sequence: Int, at: Date, after previousHash: String) {
        self.sequence = sequence
        self.at = Date(milliseconds: at.milliseconds)
        actor = record.actor
        domain = record.domain
        action = record.action
        subject = record.subject
        details = record.details.text
        self.previousHash = previousHash
        hash = Self.hash([
            .string(previousHash), .int(sequence), .int(at.milliseconds), .string(actor.kind.rawValue),
            .string(actor.id), JSON(domain?.rawValue), .string(action), .string(subject), .string(details),
        ])
    }

    init(_ row: Row) {
        sequence = row["sequence"]
        at = Date(milliseconds: row["at"])
        actor = AuditActor(AuditActor.Kind(rawValue: row["actorKind"]) ?? .system, id: row["actor"])
        domain = row["domainId"]
        action = row["action"]
        subject = row["subject"]
        details = row["details"]
        previousHash = row["previousHash"]
        hash = row["hash"]
    }

    /// What `hash` has to be for a row as it is stored.
    static func hash(of row: Row) -> String {
        hash([
            .string(row["previousHash"]), .int(row["sequence"]), .int(row["at"]), .string(row["actorKind"]),
            .string(row["actor"]), JSON(row["domainId"] as String?), .string(row["action"]), .string(row["subject"]),
            .string(row["details"]),
        ])
    }

    /// A JSON array is one text only: no two rows are written alike.
    private static func hash(_ parts: [JSON]) -> String {
        SHA256.hash(data: JSON.array(parts).utf8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
