import Foundation
import PatchbaySDK
import Synchronization

/// Who hasn't read what of the test's conversations. Everybody has an e-mail address, such as `alice@acme.example`, and
/// was never seen in the portal, until the test says otherwise.
public final class TestReaders: Readers, Sendable {
    /// What the test says of a person.
    public struct Ways: Sendable {
        /// Where e-mail reaches them; `nil` for nowhere, and then they are no reader.
        public var email: String?
        /// The language they have chosen.
        public var language: String?
        /// Whether notices keep the text to themselves.
        public var hidesText = false
        /// When they were last seen in the portal.
        public var lastSeenAt: Date?
        /// The conversations that they want to hear nothing of.
        public var muted: Set<ConversationID> = []
    }

    private let ways: Mutex<[UserID: Ways]>

    init() {
        let all = TestPerson.all.map { person in
            (person.id, Ways(email: "\(person.id.rawValue.dropFirst("user-".count))@\(person.domain)"))
        }
        ways = Mutex(Dictionary(uniqueKeysWithValues: all))
    }

    /// Says otherwise of `person`.
    public func change(_ person: TestPerson, _ change: @Sendable (inout Ways) -> Void) {
        ways.withLock { ways in
            var one = ways[person.id] ?? Ways()
            change(&one)
            ways[person.id] = one
        }
    }

    /// The test's two domains.
    public func domains(in db: Database) throws -> [DomainRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM domain ORDER BY id").map {
            DomainRecord(id: $0["id"], name: $0["name"], region: $0["region"], timeZone: $0["timeZone"])
        }
    }

    /// Those of the domain with something unread from then.
    public func waiting(in domain: DomainID, for moments: Range<Date>, in db: Database) throws -> [Reader] {
        try UserID.fetchAll(db, sql: "SELECT id FROM user WHERE domainId = ? ORDER BY id", arguments: [domain])
            .compactMap { try reader($0, of: domain, in: db) }
            .filter { try !unread(by: $0, in: moments, in: db).isEmpty }
    }

    /// The person, if they have an e-mail address.
    public func reader(_ user: UserID, of domain: DomainID, in db: Database) throws -> Reader? {
        let ways = ways.withLock { $0[user] }
        guard let ways, let email = ways.email,
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM user WHERE domainId = ? AND id = ?", arguments: [domain, user])
        else { return nil }
        return Reader(
            caller: Caller(user: user, domain: domain, scope: row["scope"]), fullName: row["fullName"], email: email,
            language: ways.language, hidesText: ways.hidesText, lastSeenAt: ways.lastSeenAt)
    }

    /// By the test's read marks; a conversation is called by its title, its number or its people.
    public func unread(by reader: Reader, in moments: Range<Date>, in db: Database) throws -> [UnreadConversation] {
        let user = reader.caller.user
        let muted = ways.withLock { $0[user]?.muted ?? [] }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT conversation.*, readUpTo FROM member JOIN conversation ON conversation.id = conversationId
                WHERE domainId = ? AND userId = ? ORDER BY conversation.id
                """, arguments: [reader.caller.domain, user])
        return try rows.compactMap { row in
            let conversation = Conversation(row)
            guard !muted.contains(conversation.id) else { return nil }
            let messages = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM message WHERE domainId = ? AND conversationId = ? AND sequence > ?
                        AND authorId IS NOT ? AND createdAt >= ? AND createdAt < ? ORDER BY sequence DESC LIMIT ?
                    """,
                arguments: [
                    conversation.domain, conversation.id, row["readUpTo"] as Int, user,
                    moments.lowerBound.milliseconds, moments.upperBound.milliseconds, UnreadConversation.mostMessages,
                ]
            ).reversed().map { try Message($0) }
            guard !messages.isEmpty else { return nil }
            return UnreadConversation(
                conversation: conversation, title: try title(of: conversation, for: user, in: db), messages: messages)
        }
    }

    private func title(of conversation: Conversation, for user: UserID, in db: Database) throws -> String {
        if let title = conversation.title ?? conversation.remote { return title }
        return try String.fetchAll(
            db,
            sql: """
                SELECT fullName FROM member JOIN user ON user.id = userId
                WHERE conversationId = ? AND userId <> ? ORDER BY fullName
                """, arguments: [conversation.id, user]
        ).joined(separator: ", ")
    }
}
