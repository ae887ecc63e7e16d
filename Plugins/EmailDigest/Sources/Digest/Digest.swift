import Foundation
import PatchbaySDK

/// What a `DigestID` names.
enum DigestKind {}
/// An e-mail that tells somebody what waits for them.
typealias DigestID = Identifier<DigestKind>

/// One e-mail to one person: which messages it tells of, and where it stands.
struct Digest: Sendable, Equatable {
    /// Where it stands.
    enum State: String, Sendable, CaseIterable {
        /// Waits for its time.
        case queued
        /// Is being handed over: after a crash nobody knows whether the server has it.
        case sending
        case sent, failed
        /// Everything was read, muted or deleted before it went out.
        case dropped
    }

    /// The messages of one conversation.
    struct Item: Sendable, Equatable {
        let conversation: ConversationID
        /// Messages behind this sequence…
        let after: Int
        /// … up to this one.
        let upTo: Int
    }

    let id: DigestID
    let domain: DomainID
    let user: UserID
    let attempt: Int
    let createdAt: Date
    let items: [Item]

    /// Longer than this nobody wants to be told of a message by e-mail.
    static let longestWait = Duration.seconds(3 * 24 * 3600)

    static let columns = "id, domainId, userId, attempt, createdAt, items"

    init(id: DigestID, domain: DomainID, user: UserID, attempt: Int = 0, createdAt: Date, items: [Item]) {
        self.id = id
        self.domain = domain
        self.user = user
        self.attempt = attempt
        self.createdAt = createdAt
        self.items = items
    }

    init(_ row: Row) throws {
        id = row["id"]
        domain = row["domainId"]
        user = row["userId"]
        attempt = row["attempt"]
        createdAt = Date(milliseconds: row["createdAt"])
        items = (try JSON(parsing: row["items"] as String).array ?? []).map { item in
            Item(
                conversation: ConversationID(rawValue: item["conversation"]?.string ?? ""),
                after: item["after"]?.int ?? 0, upTo: item["upTo"]?.int ?? 0)
        }
    }

    /// The items as they are stored.
    var itemsJSON: JSON {
        .array(
            items.map {
                ["conversation": .string($0.conversation.rawValue), "after": .int($0.after), "upTo": .int($0.upTo)]
            })
    }
}
