import PatchbaySDK

extension Messaging {
    /// The conversations of `caller` with somebody whose name, company, number or extension is `typed`, or whose group
    /// is named so; newest activity first.
    ///
    /// Colleagues, contacts and numbers are found by their own indexes, so that the cost grows with what is found and
    /// not with the length of the inbox.
    ///
    /// - Parameter typed: Words that all have to occur, without regard to case and accents; or digits of a number in
    ///   any format.
    /// - Throws: `PortalError.invalid` (`page.cursor-invalid`) for a cursor that isn't one of ours.
    public func find(
        _ typed: String, _ request: PageRequest, for caller: Caller, in db: Database
    ) throws -> Page<ConversationView> {
        let words = SearchText.words(of: typed)
        guard !words.isEmpty else { return Page(items: [], next: nil) }
        let before = try Self.activity(of: request.cursor)
        let titled = SearchText.condition(words, in: ["lower(title)"])
        let sql = """
            SELECT member.conversationId, member.activity FROM member
            JOIN conversation ON conversation.id = member.conversationId
            WHERE member.domainId = ? AND member.userId = ? AND isHidden = 0 AND activity > 0 AND activity < ?
                AND kind IN (SELECT value FROM json_each(?))
                AND conversationId IN (
                    SELECT id FROM conversation
                    WHERE domainId = ? AND kind = 'sms' AND key IN (SELECT value FROM json_each(?))
                    UNION SELECT other.conversationId FROM json_each(?) AS one
                    JOIN member AS other ON other.domainId = ? AND other.userId = one.value
                    JOIN conversation ON conversation.id = other.conversationId AND conversation.kind = 'chat'
                    -- Only groups have titles; the key of a chat between two names both, with a blank.
                    UNION SELECT id FROM conversation
                    WHERE domainId = ? AND kind = 'chat' AND instr(key, ' ') = 0 AND title IS NOT NULL
                        AND \(titled.sql)
                    UNION SELECT id FROM conversation
                    WHERE ? <> '' AND domainId = ? AND kind = 'sms' AND instr(key, ?) > 0)
            ORDER BY activity DESC LIMIT ?
            """
        let digits = SearchText.digits(of: typed) ?? ""
        let arguments: StatementArguments = [
            caller.domain, caller.user, before, JSON.array(channels.kinds.map { .string($0.rawValue) }).text,
            caller.domain, try numbers(of: typed, for: caller, in: db),
            try colleagues(words, of: caller, in: db), caller.domain, caller.domain,
        ]
        let rest: StatementArguments = [digits, caller.domain, digits, request.limit + 1]
        var rows = try Row.fetchAll(db, sql: sql, arguments: arguments + titled.arguments + rest)
        let hasMore = rows.count > request.limit
        if hasMore { rows.removeLast() }
        let items = try rows.map { try view(of: $0["conversationId"], for: caller, in: db) }
        return Page(items: items, next: hasMore ? rows.last.map { String($0["activity"] as Int) } : nil)
    }

    private static func activity(of cursor: String?) throws(PortalError) -> Int {
        guard let cursor else { return Int.max }
        guard let key = Int(cursor) else {
            throw PortalError(
                .invalid, id: "page.cursor-invalid", "That cursor isn't one of ours; start at the first page.")
        }
        return key
    }

    /// The numbers of the contacts that are found, as a JSON array.
    private func numbers(of typed: String, for caller: Caller, in db: Database) throws -> String {
        let found = try contacts.contacts(matching: typed, for: caller, PageRequest(limit: 200), in: db)
        return JSON.array(found.items.flatMap { $0.numbers.map { .string($0.value) } }).text
    }

    /// The colleagues with these words in their name, or with this extension, as a JSON array of ids.
    private func colleagues(_ words: [String], of caller: Caller, in db: Database) throws -> String {
        let named = SearchText.condition(words, in: ["searchName", "extension"])
        let ids = try String.fetchAll(
            db,
            sql: """
                SELECT id FROM user WHERE domainId = ? AND id <> ? AND \(named.sql) ORDER BY searchName, id LIMIT 200
                """,
            arguments: [caller.domain, caller.user] + named.arguments)
        return JSON.array(ids.map { .string($0) }).text
    }
}
