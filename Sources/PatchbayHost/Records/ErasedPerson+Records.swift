import PatchbaySDK

extension ErasedPerson {
    /// Reads somebody outside as an administrator types them.
    ///
    /// - Parameter text: A number in any spelling of `region`, a short code or an alphanumeric sender.
    public init(typed text: String, region: String) {
        let text = text.trimmingCharacters(in: .whitespaces)
        // A short code has no country: read as a number it would become somebody else's.
        let isShortCode = (3...6).contains(text.utf8.count) && text.allSatisfy(\.isNumber)
        let number = isShortCode ? nil : try? PhoneNumber(typed: text, region: region)
        self = .outside(number?.e164 ?? text)
    }

    /// As the table has it.
    public var kind: String {
        switch self {
        case .outside: "outside"
        case .user: "user"
        }
    }

    var subject: String {
        switch self {
        case .outside(let remote): remote
        case .user(let id): id.rawValue
        }
    }

    /// For logs and for whoever looks later: of somebody outside the last three characters.
    public var masked: String {
        switch self {
        case .outside(let remote): "…" + remote.suffix(3)
        case .user(let id): id.rawValue
        }
    }

    /// Refuses when a legal hold covers any of what would go.
    ///
    /// - Throws: `PortalError.conflict` (`records.held`).
    public func requireNotHeld(in domain: DomainID, _ db: Database) throws {
        try requireFree(in: domain, db)
        for conversation in try conversations(in: domain, db) { try Self.requireFree(conversation, in: domain, db) }
    }

    /// Refuses when a hold covers the whole domain, or the user.
    func requireFree(in domain: DomainID, _ db: Database) throws {
        let isHeld =
            switch self {
            case .outside: try LegalHold.covers(nil, of: domain, in: db)
            case .user(let id): try LegalHold.covers(id, of: domain, in: db)
            }
        if isHeld { throw Self.held }
    }

    static func requireFree(_ conversation: ConversationID, in domain: DomainID, _ db: Database) throws {
        if try LegalHold.covers(conversation, of: domain, in: db) { throw held }
    }

    private static let held = PortalError(
        .conflict, id: "records.held",
        "A legal hold covers some of this person's data, so it can't be erased. Lift the hold first.")

    /// The conversations that go as a whole: all with somebody outside; of a user those in which nobody else is left.
    func conversations(in domain: DomainID, _ db: Database) throws -> [ConversationID] {
        switch self {
        case .outside(let remote):
            try ConversationID.fetchAll(
                db, sql: "SELECT id FROM conversation WHERE domainId = ? AND remote = ? ORDER BY id",
                arguments: [domain, remote])
        case .user(let id):
            try ConversationID.fetchAll(
                db,
                sql: """
                    SELECT conversationId FROM member AS mine WHERE domainId = ?1 AND userId = ?2
                    AND NOT EXISTS (SELECT 1 FROM member AS other
                        WHERE other.conversationId = mine.conversationId AND other.userId <> ?2)
                    AND (SELECT remote FROM conversation WHERE id = mine.conversationId) IS NULL
                    ORDER BY conversationId
                    """, arguments: [domain, id])
        }
    }

    /// How much there is to remove.
    public func counts(in domain: DomainID, _ db: Database) throws -> Erasure.Counts {
        let conversations = try conversations(in: domain, db)
        let list = JSON.array(conversations.map { .string($0.rawValue) }).text
        func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
            try Int.fetchOne(db, sql: "SELECT count(*) FROM " + sql, arguments: arguments) ?? 0
        }
        let theirs = "conversationId IN (SELECT value FROM json_each(?))"
        var counts = Erasure.Counts(
            conversations: conversations.count, messages: try count("message WHERE \(theirs)", [list]),
            files: try count("(SELECT DISTINCT attachmentId FROM attachmentUse WHERE \(theirs))", [list]))
        switch self {
        case .outside(let remote):
            counts.scheduled = try count("scheduledMessage WHERE \(theirs) AND state <> 'sent'", [list])
            counts.contacts = try count(
                """
                (SELECT DISTINCT contactId FROM contactEndpoint WHERE domainId = ? AND kind = 'number' AND value = ?)
                """, [domain, remote])
            counts.calls = try count(
                "call WHERE domainId = ? AND kind = 'number' AND destination = ?", [domain, remote])
        case .user(let id):
            counts.scheduled = try count(
                "scheduledMessage WHERE domainId = ? AND userId = ? AND state <> 'sent'", [domain, id])
            counts.contacts = try count("contact WHERE domainId = ? AND ownerId = ?", [domain, id])
            counts.calls = try count("call WHERE domainId = ? AND userId = ?", [domain, id])
        }
        return counts
    }
}
