import Foundation
import PatchbaySDK

/// Which conversations of an inbox to list.
public enum InboxFilter: String, Sendable, CaseIterable {
    case all, unread, sms, chat
}

extension Messaging {
    /// The conversations of `caller`, newest activity first. Costs the same however many there are.
    ///
    /// Kinds that nothing carries now are left out; they come back with their plugin.
    public func inbox(
        _ filter: InboxFilter, _ request: PageRequest, for caller: Caller, in db: Database
    ) throws -> Page<ConversationView> {
        var kinds = channels.kinds.map(\.rawValue)
        if filter == .sms || filter == .chat { kinds = kinds.filter { $0 == filter.rawValue } }
        let before: Int
        if let cursor = request.cursor {
            guard let key = Int(cursor) else {
                throw PortalError(
                    .invalid, id: "page.cursor-invalid", "That cursor isn't one of ours; start at the first page.")
            }
            before = key
        } else {
            before = Int.max
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT member.*, conversation.kind, conversation.remote, conversation.title FROM member
                JOIN conversation ON conversation.id = member.conversationId
                WHERE member.domainId = ?1 AND member.userId = ?2 AND isHidden = 0 AND activity > 0 AND activity < ?3
                    \(filter == .unread ? "AND unread > 0" : "")
                    AND conversation.kind IN (SELECT value FROM json_each(?4))
                ORDER BY activity DESC LIMIT ?5
                """)
        var rows = try Row.fetchAll(
            statement,
            arguments: [
                caller.domain, caller.user, before, JSON.array(kinds.map { .string($0) }).text, request.limit + 1,
            ])
        let hasMore = rows.count > request.limit
        if hasMore { rows.removeLast() }
        let next = hasMore ? rows.last.map { String($0["activity"] as Int) } : nil
        return Page(items: try views(rows, for: caller, in: db), next: next)
    }

    /// One conversation as `caller` sees it.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's.
    public func view(of id: ConversationID, for caller: Caller, in db: Database) throws -> ConversationView {
        _ = try visible(id, to: caller, in: db)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT member.*, conversation.kind, conversation.remote, conversation.title FROM member
                JOIN conversation ON conversation.id = member.conversationId
                WHERE member.domainId = ? AND member.conversationId = ? AND member.userId = ?
                """, arguments: [caller.domain, id, caller.user])
        guard let view = try views(rows, for: caller, in: db).first else { throw PortalError.notFound("conversation") }
        return view
    }

    /// How many conversations of `caller` have something unread.
    public func unreadConversations(of caller: Caller, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                SELECT count(*) FROM member JOIN conversation ON conversation.id = member.conversationId
                WHERE userId = ?2 AND unread > 0 AND isHidden = 0 AND member.domainId = ?1
                    AND conversation.kind IN (SELECT value FROM json_each(?3))
                """)
        let kinds = JSON.array(channels.kinds.map { .string($0.rawValue) }).text
        return try Int.fetchOne(statement, arguments: [caller.domain, caller.user, kinds]) ?? 0
    }

    // MARK: Making views

    private func views(_ rows: [Row], for caller: Caller, in db: Database) throws -> [ConversationView] {
        let ids = JSON.array(rows.map { .string($0["conversationId"]) }).text
        let people = try self.people(in: ids, of: caller.domain, db)
        let remotes = rows.compactMap { ($0["remote"] as String?).flatMap { PhoneNumber(e164: $0) } }
        let matches = try contacts.matches(remotes, for: caller, in: db)
        let region =
            try String.fetchOne(
                db.cachedStatement(sql: "SELECT region FROM domain WHERE id = ?"), arguments: [caller.domain]) ?? "ZZ"
        let conversations = try rows.map { row in
            let conversation = Conversation(
                id: row["conversationId"], domain: caller.domain, kind: ChannelKind(rawValue: row["kind"]),
                remote: row["remote"], title: row["title"])
            return (conversation, from: try defaultFrom(of: conversation, for: caller, in: db))
        }
        let desks = try claims.desks(
            of: conversations.filter { $0.0.kind == .sms }.map { ($0.0.id, $0.from) }, for: caller, db)
        return try zip(rows, conversations).map { row, found in
            let (conversation, from) = found
            let id = conversation.id
            let remote = conversation.remote.flatMap { PhoneNumber(e164: $0) }
            let last = try lastMessage(of: row, in: db)
            return ConversationView(
                conversation: conversation, members: conversation.kind == .chat ? people[id] ?? [] : [],
                contact: remote.flatMap { matches[$0] }, region: region, caller: caller.user,
                from: from, desk: desks[id], unread: row["unread"],
                isMuted: row["isMuted"], readUpTo: row["readUpTo"], lastSequence: row["lastSequence"],
                last: last.message, lastAt: last.moment)
        }
    }

    /// - Returns: the newest message that the reader hasn't deleted; when the newest of all was sent.
    private func lastMessage(of row: Row, in db: Database) throws -> (message: StoredMessage?, moment: Date?) {
        let (id, user): (ConversationID, UserID) = (row["conversationId"], row["userId"])
        let (sequence, hiddenUpTo): (Int, Int) = (row["lastSequence"], row["hiddenUpTo"])
        guard sequence > hiddenUpTo else { return (nil, nil) }
        let newest = try db.quickRow(
            """
            SELECT \(StoredMessage.columns), EXISTS (
                SELECT 1 FROM messageHidden WHERE userId = ?3 AND conversationId = ?1 AND sequence = ?2)
            FROM message WHERE conversationId = ?1 AND sequence = ?2
            """, .id(id), .integer(sequence), .id(user)
        ) { (stored: try StoredMessage($0), isHidden: $0.flag(StoredMessage.columnCount)) }
        guard let newest else { return (nil, nil) }
        let moment = newest.stored.message.createdAt
        guard newest.isHidden else { return (newest.stored, moment) }
        // Backwards along the key to the first that they may see.
        let message = try db.quickRow(
            """
            SELECT \(StoredMessage.columns) FROM message
            WHERE conversationId = ?1 AND sequence < ?2 AND sequence > ?3
                AND (via IS NULL OR EXISTS (SELECT 1 FROM numberUser WHERE number = message.via AND userId = ?4))
                AND NOT EXISTS (
                    SELECT 1 FROM messageHidden
                    WHERE userId = ?4 AND conversationId = ?1 AND messageHidden.sequence = message.sequence)
            ORDER BY sequence DESC LIMIT 1
            """, .id(id), .integer(sequence), .integer(hiddenUpTo), .id(user)
        ) { try StoredMessage($0) }
        return (message, moment)
    }

    private func people(
        in ids: String, of domain: DomainID, _ db: Database
    ) throws -> [ConversationID: [ConversationView.Person]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT member.conversationId, user.id, user.fullName, user.extension FROM member
                JOIN user ON user.id = member.userId
                WHERE member.domainId = ? AND member.conversationId IN (SELECT value FROM json_each(?))
                ORDER BY user.fullName, user.id
                """)
        var people: [ConversationID: [ConversationView.Person]] = [:]
        let rows = try Row.fetchCursor(statement, arguments: [domain, ids])
        while let row = try rows.next() {
            people[row["conversationId"], default: []].append(
                ConversationView.Person(id: row["id"], name: row["fullName"], extension: row["extension"]))
        }
        return people
    }
}
