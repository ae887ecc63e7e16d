import PatchbaySDK

/// What the host keeps of a person, apart from messages: a JSON Lines file for each kind.
struct PersonTables {
    let user: UserID
    let domain: DomainID

    /// Secrets, and their hashes, stay out.
    private static let tables: [(file: String, sql: String)] = [
        (
            "profile.jsonl",
            """
            SELECT id, extension, fullName, email, scope, isEnabled, createdAt, lastSeenAt FROM user
            WHERE domainId = ? AND id = ?
            """
        ),
        ("preferences.jsonl", "SELECT body FROM preference WHERE domainId = ? AND userId = ?"),
        (
            "contacts.jsonl",
            """
            SELECT contact.id, name, company, notes, createdAt, updatedAt, (
                SELECT json_group_array(json_object('kind', kind, 'label', label, 'value', value))
                FROM contactEndpoint WHERE contactId = contact.id) AS endpoints
            FROM contact WHERE domainId = ? AND ownerId = ? ORDER BY contact.id
            """
        ),
        (
            "scheduled.jsonl",
            """
            SELECT id, conversationId, text, attachments, state, sendAt, createdAt FROM scheduledMessage
            WHERE domainId = ? AND userId = ? AND state <> 'sent' ORDER BY id
            """
        ),
        (
            "templates.jsonl",
            "SELECT id, name, text FROM template WHERE domainId = ? AND ownerId = ? ORDER BY id"
        ),
        (
            "calls.jsonl",
            """
            SELECT id, kind, destination, name, state, failure, startedAt FROM call WHERE domainId = ? AND userId = ?
            ORDER BY startedAt, id
            """
        ),
        (
            "sessions.jsonl",
            """
            SELECT id, createdAt, lastSeenAt, expiresAt, userAgent, address FROM session
            WHERE domainId = ? AND userId = ? ORDER BY createdAt, id
            """
        ),
        (
            "tokens.jsonl",
            """
            SELECT id, name, permissions, createdAt, expiresAt, lastUsedAt FROM apiToken
            WHERE domainId = ? AND userId = ? ORDER BY createdAt, id
            """
        ),
        (
            "audit.jsonl",
            """
            SELECT sequence, at, actorKind, actor, action, subject, details FROM auditEntry
            WHERE domainId = ? AND \(AuditLog.concerns("?2")) ORDER BY sequence
            """
        ),
    ]

    func add(to zip: ZipWriter, in db: Database) throws {
        for table in Self.tables {
            try zip.add(table.file) { write in
                let rows = try Row.fetchCursor(db, sql: table.sql, arguments: [domain, user])
                while let row = try rows.next() { try write(Self.json(of: row).utf8 + [UInt8(ascii: "\n")]) }
            }
        }
    }

    /// Their conversations: where they are a member, and where they have written.
    func conversations(in db: Database) throws -> [ConversationID] {
        try ConversationID.fetchAll(
            db,
            sql: """
                SELECT id FROM conversation WHERE domainId = ?1 AND (
                    id IN (SELECT conversationId FROM member WHERE userId = ?2)
                    OR id IN (SELECT conversationId FROM message WHERE domainId = ?1 AND authorId = ?2))
                ORDER BY createdAt, id
                """, arguments: [domain, user])
    }

    /// What stands at the top of the page.
    func facts(in db: Database) throws -> [(String, String)] {
        guard let row = try Row.fetchOne(db, sql: Self.tables[0].sql, arguments: [domain, user]) else { return [] }
        return [
            ("Sign-in", "\(row["extension"] as String)@\(domain)"), ("E-mail", row["email"] ?? ""),
            ("Scope", row["scope"]), ("Contacts, calls, sessions and more", "in the .jsonl files beside this page"),
        ]
    }

    private static func json(of row: Row) -> JSON {
        var members: [String: JSON] = [:]
        for (name, value) in row {
            members[name] =
                switch value.storage {
                case .null, .blob: .null
                case .int64(let number): .int(Int(number))
                case .double(let number): .double(number)
                case .string(let text): .string(text)
                }
        }
        return .object(members)
    }
}

/// What people and outside numbers are called on the page, looked up once.
struct PeopleNames {
    let domain: DomainID
    private var names: [UserID: String] = [:]
    private var remotes: [ConversationID: String] = [:]

    init(domain: DomainID) { self.domain = domain }

    mutating func name(of user: UserID, in db: Database) throws -> String {
        if let known = names[user] { return known }
        let name =
            try String.fetchOne(
                db, sql: "SELECT fullName FROM user WHERE domainId = ? AND id = ?", arguments: [domain, user])
            ?? "Somebody who has left"
        names[user] = name
        return name
    }

    /// Who wrote a message that no user wrote.
    mutating func remote(of conversation: ConversationID, isOurs: Bool, in db: Database) throws -> String {
        if isOurs { return "Automatic message" }
        if let known = remotes[conversation] { return known }
        let remote =
            try String.fetchOne(
                db, sql: "SELECT remote FROM conversation WHERE domainId = ? AND id = ?",
                arguments: [domain, conversation]) ?? "Unknown sender"
        remotes[conversation] = remote
        return remote
    }
}
