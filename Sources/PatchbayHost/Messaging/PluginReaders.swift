import Foundation
import PatchbaySDK

/// Who hasn't read what, as one plugin may know it: its gates decide on whom.
struct PluginReaders: Readers {
    private let plugin: PluginID
    private let gates: Gates
    private let messaging: Messaging
    private let preferences: PreferenceStore

    private static let mostConversations = 50

    init(of plugin: PluginID, gates: Gates, messaging: Messaging, preferences: PreferenceStore) {
        self.plugin = plugin
        self.gates = gates
        self.messaging = messaging
        self.preferences = preferences
    }

    func domains(in db: Database) throws -> [DomainRecord] {
        try Row.fetchAll(db, sql: "SELECT \(Domain.columns) FROM domain ORDER BY id").map { Domain($0).record }
    }

    func waiting(in domain: DomainID, for moments: Range<Date>, in db: Database) throws -> [Reader] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.person) FROM user
                WHERE user.domainId = ?1 AND \(Self.canBeTold) AND EXISTS (
                    SELECT 1 FROM member INDEXED BY memberUnread
                    JOIN conversation ON conversation.id = member.conversationId
                    WHERE member.domainId = ?1 AND member.userId = user.id AND \(Self.isOpen)
                        AND conversation.kind IN (SELECT value FROM json_each(?4))
                        AND EXISTS (
                            SELECT 1 FROM message AS newest WHERE newest.conversationId = member.conversationId
                                AND newest.sequence = member.lastSequence AND newest.createdAt >= ?2)
                        AND EXISTS (
                            SELECT 1 FROM message WHERE message.conversationId = member.conversationId
                                AND sequence > max(readUpTo, hiddenUpTo) AND \(Self.isTheirs)
                                AND message.createdAt >= ?2 AND message.createdAt < ?3))
                ORDER BY user.id
                """)
        return try Row.fetchAll(
            statement,
            arguments: [domain, moments.lowerBound.milliseconds, moments.upperBound.milliseconds, kinds]
        ).compactMap { try reader($0, in: db) }
    }

    func reader(_ user: UserID, of domain: DomainID, in db: Database) throws -> Reader? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(Self.person) FROM user WHERE user.domainId = ? AND user.id = ? AND \(Self.canBeTold)")
        return try Row.fetchOne(statement, arguments: [domain, user]).flatMap { try reader($0, in: db) }
    }

    func unread(by reader: Reader, in moments: Range<Date>, in db: Database) throws -> [UnreadConversation] {
        let caller = reader.caller
        let statement = try db.cachedStatement(
            sql: """
                SELECT conversation.id, max(readUpTo, hiddenUpTo) AS seenUpTo FROM member INDEXED BY memberUnread
                JOIN conversation ON conversation.id = member.conversationId
                WHERE member.domainId = ?1 AND member.userId = ?2 AND \(Self.isOpen)
                    AND conversation.kind IN (SELECT value FROM json_each(?3))
                ORDER BY activity DESC LIMIT ?4
                """)
        let rows = try Row.fetchAll(
            statement, arguments: [caller.domain, caller.user, kinds, Self.mostConversations])
        let found = try rows.compactMap { row -> UnreadConversation? in
            let id: ConversationID = row["id"]
            let messages = try messages(of: id, after: row["seenUpTo"], for: caller, in: moments, db)
            guard !messages.isEmpty else { return nil }
            let view = try messaging.view(of: id, for: caller, in: db)
            return UnreadConversation(conversation: view.conversation, title: view.title, messages: messages)
        }
        return found.sorted { $0.messages[0].createdAt < $1.messages[0].createdAt }
    }

    private func messages(
        of conversation: ConversationID, after sequence: Int, for caller: Caller, in moments: Range<Date>,
        _ db: Database
    ) throws -> [Message] {
        try db.quickRows(
            """
            SELECT \(StoredMessage.columns) FROM message JOIN user ON user.id = ?3
            WHERE message.domainId = ?1 AND message.conversationId = ?2 AND sequence > ?4 AND \(Self.isTheirs)
                AND message.createdAt >= ?5 AND message.createdAt < ?6
            ORDER BY sequence DESC LIMIT \(UnreadConversation.mostMessages)
            """, .id(caller.domain), .id(conversation), .id(caller.user), .integer(sequence),
            .integer(moments.lowerBound.milliseconds), .integer(moments.upperBound.milliseconds)
        ) { try StoredMessage($0).message }.reversed()
    }

    private func reader(_ row: Row, in db: Database) throws -> Reader? {
        let caller = Caller(
            user: row["id"], domain: row["domainId"], scope: Scope(rawValue: row["scope"]) ?? .noPortal)
        guard caller.scope != .noPortal, try gates.closedGate(plugin, for: caller, in: db) == nil else { return nil }
        let wishes = try preferences.preferences(of: caller, in: db)
        return Reader(
            caller: caller, fullName: row["fullName"], email: row["email"],
            language: wishes.language == "auto" ? nil : wishes.language, hidesText: wishes.hidesText,
            lastSeenAt: (row["lastSeenAt"] as Int?).map { Date(milliseconds: $0) })
    }

    private var kinds: String { JSON.array(messaging.channels.kinds.map { .string($0.rawValue) }).text }

    private static let person = "user.id, user.domainId, user.fullName, user.email, user.scope, user.lastSeenAt"

    private static let canBeTold = "user.isEnabled = 1 AND user.email IS NOT NULL"

    /// Of a member: something is unread, and they want to hear of it.
    private static let isOpen = "member.unread > 0 AND member.isHidden = 0 AND member.isMuted = 0"

    /// Of a message and a user.
    private static let isTheirs = Messaging.isNews(to: "user.id")
}
