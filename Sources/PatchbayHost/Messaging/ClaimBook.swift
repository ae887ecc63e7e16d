import Foundation
import PatchbaySDK

/// The claims of all conversations. Only a number with several people has claims; one that has run out, and one of
/// somebody who was disabled or has lost the number, counts as none.
struct ClaimBook: Sendable {
    private let clock: any PortalClock
    /// Rung when a claim begins: its end may be the next thing to tell.
    let bell = Bell()

    init(clock: any PortalClock) { self.clock = clock }

    /// The claim that holds now.
    func claim(on number: PhoneNumber, in conversation: ConversationID, _ db: Database) throws -> Claim? {
        // Asked with every text that goes out, and mostly there is none.
        let now = clock.now.milliseconds
        let mayBe = try db.quickRow(
            "SELECT 1 FROM conversationClaim WHERE conversationId = ? AND number = ? AND expiresAt > ?",
            .id(conversation), .number(number), .integer(now)
        ) { _ in true }
        guard mayBe != nil else { return nil }
        let statement = try db.cachedStatement(
            sql: Self.holding + " AND claim.conversationId = ?2 AND claim.number = ?3")
        return try Row.fetchOne(statement, arguments: [now, conversation, number]).map(Claim.init)
    }

    /// Whether the number has several people.
    func isShared(_ number: PhoneNumber, _ db: Database) throws -> Bool {
        let count = try db.quickRow(
            """
            SELECT count(*) FROM (SELECT 1 FROM numberUser JOIN user ON user.id = numberUser.userId
                WHERE numberUser.number = ? AND user.isEnabled = 1 LIMIT 2)
            """, .number(number)
        ) { $0.integer(0) }
        return count ?? 0 > 1
    }

    /// Lets `user` answer for as long as the domain says, if nobody but `former` does.
    ///
    /// - Returns: whether people's browsers have something to learn from it.
    /// - Throws: `conversation.claimed` when somebody else answers.
    func take(
        _ number: PhoneNumber, in conversation: Conversation, for user: UserID, from former: UserID?, _ db: Database
    ) throws -> Bool {
        let now = clock.now.milliseconds
        let minutes = try db.quickRow("SELECT claimMinutes FROM domain WHERE id = ?", .id(conversation.domain)) {
            $0.integer(0)
        }
        let end = now + (minutes ?? 15) * 60_000
        let before = try claim(on: number, in: conversation.id, db)
        let isNew = before?.user != user
        // Who answers on isn't news with each message: a tenth of the time is what browsers may lag behind.
        let isNews = isNew || end - (before?.toldAt.milliseconds ?? 0) >= (end - now) / 10
        try db.quickly(
            """
            INSERT INTO conversationClaim (conversationId, number, userId, domainId, expiresAt, toldAt)
            VALUES (?1, ?2, ?3, ?4, ?5, ?5)
            ON CONFLICT DO UPDATE SET userId = excluded.userId, expiresAt = excluded.expiresAt,
                toldAt = CASE WHEN ?8 THEN excluded.toldAt ELSE toldAt END
            WHERE userId IN (excluded.userId, ?6) OR expiresAt <= ?7
                OR userId IN (SELECT id FROM user WHERE isEnabled = 0)
            """, .id(conversation.id), .number(number), .id(user), .id(conversation.domain), .integer(end),
            .text(former?.rawValue ?? ""), .integer(now), .flag(isNews))
        guard db.changesCount == 1 else { throw before?.refusal ?? Claim.hasMoved }
        if isNew { db.afterNextTransaction(onCommit: { [bell] _ in bell.ring() }) }
        return isNews
    }

    /// Ends the claim of `user`.
    ///
    /// - Returns: whether there was one.
    func release(
        _ number: PhoneNumber, in conversation: ConversationID, by user: UserID, _ db: Database
    ) throws -> Bool {
        try db.execute(
            sql: """
                DELETE FROM conversationClaim
                WHERE conversationId = ? AND number = ? AND userId = ? AND expiresAt > ?
                """, arguments: [conversation, number, user, clock.now.milliseconds])
        return db.changesCount == 1
    }

    /// Takes out what has run out: at most 100.
    func expired(_ db: Database) throws -> [(conversation: ConversationID, number: PhoneNumber)] {
        let rows = try Row.fetchAll(
            db,
            sql:
                "SELECT conversationId, number FROM conversationClaim WHERE expiresAt <= ? ORDER BY expiresAt LIMIT 100",
            arguments: [clock.now.milliseconds])
        for row in rows {
            try db.execute(
                sql: "DELETE FROM conversationClaim WHERE conversationId = ? AND number = ?",
                arguments: [row["conversationId"] as String, row["number"] as String])
        }
        return rows.map { ($0["conversationId"], $0["number"]) }
    }

    /// How long until the next claim runs out; `nil` when there is none.
    func untilNextExpiry(_ db: Database) throws -> Duration? {
        try Int.fetchOne(db, sql: "SELECT min(expiresAt) FROM conversationClaim")
            .map { .milliseconds(max(0, $0 - clock.now.milliseconds)) }
    }

    /// The shared number that each conversation is about for `caller`: the one they would send from, else the one used
    /// last. Conversations that are about none are left out.
    func desks(
        of conversations: [(id: ConversationID, from: PhoneNumber?)], for caller: Caller, _ db: Database
    ) throws -> [ConversationID: Desk] {
        let shared = try Set(sharedNumbers(of: caller, db))
        guard !shared.isEmpty, !conversations.isEmpty else { return [:] }
        var numbers: [ConversationID: PhoneNumber] = [:]
        var others: [JSON] = []
        for (id, from) in conversations {
            if let from, shared.contains(from) { numbers[id] = from } else { others.append(.string(id.rawValue)) }
        }
        if !others.isEmpty {
            let used = try db.cachedStatement(
                sql: """
                    SELECT conversationId, number FROM conversationNumber
                    WHERE conversationId IN (SELECT value FROM json_each(?))
                        AND number IN (SELECT value FROM json_each(?)) ORDER BY activity
                    """)
            let list = JSON.array(shared.map { .string($0.e164) }).text
            for row in try Row.fetchAll(used, arguments: [JSON.array(others).text, list]) {
                numbers[row["conversationId"]] = row["number"]
            }
        }
        let statement = try db.cachedStatement(
            sql: Self.holding + " AND claim.conversationId IN (SELECT value FROM json_each(?2))")
        let ids = JSON.array(numbers.keys.map { .string($0.rawValue) }).text
        var claims: [ConversationID: [Claim]] = [:]
        for row in try Row.fetchAll(statement, arguments: [clock.now.milliseconds, ids]) {
            claims[row["conversationId"], default: []].append(Claim(row))
        }
        return Dictionary(
            uniqueKeysWithValues: numbers.map { id, number in
                (id, Desk(number: number, claim: claims[id]?.first { $0.number == number }))
            })
    }

    private func sharedNumbers(of caller: Caller, _ db: Database) throws -> [PhoneNumber] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT mine.number FROM numberUser AS mine WHERE mine.domainId = ?1 AND mine.userId = ?2 AND EXISTS (
                    SELECT 1 FROM numberUser AS other JOIN user ON user.id = other.userId
                    WHERE other.number = mine.number AND other.userId <> ?2 AND user.isEnabled = 1)
                """)
        return try PhoneNumber.fetchAll(statement, arguments: [caller.domain, caller.user])
    }

    /// Claims that hold at the moment ?1 and are on a number that somebody else has as well.
    private static let holding = """
        SELECT claim.conversationId, claim.number, claim.userId, claim.expiresAt, claim.toldAt, user.fullName
        FROM conversationClaim AS claim JOIN user ON user.id = claim.userId AND user.isEnabled = 1
        WHERE claim.expiresAt > ?1 AND EXISTS (
            SELECT 1 FROM numberUser AS other JOIN user AS colleague ON colleague.id = other.userId
            WHERE other.number = claim.number AND other.userId <> claim.userId AND colleague.isEnabled = 1)
        """
}
