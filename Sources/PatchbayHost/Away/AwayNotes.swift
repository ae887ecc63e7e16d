import PatchbaySDK

/// Notes, in the transaction of a message, who is away and owes it an answer. `AwayReplies` gives the answer afterwards:
/// a message from outside must neither wait nor fail for it.
struct AwayNotes: Sendable {
    /// How long one who has been answered isn't answered again.
    static let pause = Duration.seconds(5 * 60)

    /// Rung when an answer is owed.
    let bell = Bell()
    private let clock: any PortalClock
    private let numbers: any Numbers
    private let claims: ClaimBook

    init(clock: any PortalClock, numbers: any Numbers, claims: ClaimBook) {
        self.clock = clock
        self.numbers = numbers
        self.claims = claims
    }

    /// Notes that `message` is to be answered, if its receiver is away and hasn't answered this sender just now.
    func note(_ message: Message, in conversation: Conversation, _ db: Database) throws {
        guard !message.isAutomatic, try isAnybodyAway(in: message.domain, db),
            let receiver = try receiver(of: message, in: conversation, db)
        else { return }
        let now = clock.now.milliseconds
        try db.execute(
            sql: """
                INSERT INTO awayNote (userId, conversationId, domainId, number, notedAt, isDue) VALUES (?, ?, ?, ?, ?, 1)
                ON CONFLICT DO UPDATE SET notedAt = excluded.notedAt, number = excluded.number, isDue = 1
                WHERE notedAt <= ?
                """,
            arguments: [
                receiver, conversation.id, message.domain, message.via, now, now - Self.pause.milliseconds,
            ])
        if db.changesCount == 1 { db.afterNextTransaction(onCommit: { [bell] _ in bell.ring() }) }
    }

    /// One look at an index that is empty nearly always, for this is asked with every message.
    private func isAnybodyAway(in domain: DomainID, _ db: Database) throws -> Bool {
        try db.quickRow("SELECT 1 FROM preference WHERE domainId = ? AND isAway = 1 LIMIT 1", .id(domain)) { _ in true }
            ?? false
    }

    private func receiver(of message: Message, in conversation: Conversation, _ db: Database) throws -> UserID? {
        if message.state == .received, let number = message.via {
            return try answerer(for: number, in: conversation.id, db)
        }
        guard conversation.kind == .chat, conversation.title == nil, let author = message.author else { return nil }
        let members = try UserID.fetchAll(
            db, sql: "SELECT userId FROM member WHERE conversationId = ? LIMIT 3", arguments: [conversation.id])
        guard members.count == 2, let other = members.first(where: { $0 != author }) else { return nil }
        return try isAway(other, db) ? other : nil
    }

    /// Who is answered for, of a number's people: the one who has claimed the conversation, else the first of them if
    /// all are away.
    private func answerer(
        for number: PhoneNumber, in conversation: ConversationID, _ db: Database
    ) throws -> UserID? {
        if let claimant = try claims.claim(on: number, in: conversation, db)?.user {
            return try isAway(claimant, db) ? claimant : nil
        }
        let people = try numbers.users(of: number, in: db).filter { try isEnabled($0, db) }
        return try people.allSatisfy { try isAway($0, db) } ? people.first : nil
    }

    private func isAway(_ user: UserID, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM preference JOIN user ON user.id = preference.userId
                    WHERE userId = ? AND isAway = 1 AND isEnabled = 1)
                """)
        return try Bool.fetchOne(statement, arguments: [user]) ?? false
    }

    private func isEnabled(_ user: UserID, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT isEnabled FROM user WHERE id = ?")
        return try Bool.fetchOne(statement, arguments: [user]) ?? false
    }
}
