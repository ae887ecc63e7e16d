import Foundation
import PatchbaySDK

extension Messaging {
    /// A conversation that was asked for, and whether it had to be made.
    public struct Opened: Sendable {
        /// The conversation, found or made.
        public let id: ConversationID
        /// Whether it was made just now.
        public let isNew: Bool
    }

    /// The SMS conversation with an outside number.
    ///
    /// - Parameter remote: As a person types it, or a short code of 3 to 6 digits.
    /// - Throws: `number.invalid`; `sms.on-net-user` when it is a colleague's extension (S12: users get a chat); the
    ///   closed gate.
    public func open(smsTo remote: String, from: PhoneNumber?, by caller: Caller) async throws -> Opened {
        let id = ConversationID(at: clock.now)
        return try await store.write { db in
            guard let (plugin, _) = self.channels.channel(.sms) else {
                throw PortalError(.forbidden, id: "gate.plugin-off", "SMS is not installed here.")
            }
            try self.gates.requireOpen(plugin, for: caller, in: db)
            let address = try self.address(remote, of: caller.domain, in: db)
            let opened = try self.findOrMake(
                .sms, key: address, remote: address, title: nil, domain: caller.domain, id: id, in: db)
            let conversation = try self.require(opened.id, in: db)
            try self.addMember(caller.user, to: conversation, in: db)
            if let from { try self.remember(from: from, for: caller, in: opened.id, in: db) }
            return opened
        }
    }

    /// The chat among `caller` and `others`: the one there is for two, a new group for more.
    ///
    /// - Throws: `PortalError.notFound` for a user of another domain; the closed gate.
    public func open(chatWith others: [UserID], title: String?, by caller: Caller) async throws -> Opened {
        let id = ConversationID(at: clock.now)
        return try await store.write { db in
            guard let (plugin, _) = self.channels.channel(.chat) else {
                throw PortalError(.forbidden, id: "gate.plugin-off", "Chat is not installed here.")
            }
            try self.gates.requireOpen(plugin, for: caller, in: db)
            let others = Set(others).subtracting([caller.user])
            guard !others.isEmpty else {
                throw PortalError(.invalid, id: "chat.nobody", "Choose somebody to chat with.")
            }
            guard others.count < Self.mostMembers else {
                throw PortalError(.invalid, id: "chat.room-full", "A group holds \(Self.mostMembers) people at most.")
            }
            let found = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM user WHERE domainId = ? AND id IN (SELECT value FROM json_each(?))",
                arguments: [caller.domain, JSON.array(others.map { .string($0.rawValue) }).text])
            guard found == others.count else { throw PortalError.notFound("user") }
            let people = others.union([caller.user])
            let isGroup = people.count > 2 || title != nil
            let key = isGroup ? id.rawValue : people.map(\.rawValue).sorted().joined(separator: " ")
            let opened = try self.findOrMake(
                .chat, key: key, remote: nil, title: title, domain: caller.domain, id: id, in: db)
            let conversation = try self.require(opened.id, in: db)
            for user in people { try self.addMember(user, to: conversation, in: db) }
            return opened
        }
    }

    /// The most people in one group.
    public static let mostMembers = 100

    private func address(_ typed: String, of domain: DomainID, in db: Database) throws -> String {
        let text = typed.trimmingCharacters(in: .whitespaces)
        let isExtension = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM user WHERE domainId = ? AND extension = ?)",
            arguments: [domain, text])
        if isExtension == true {
            throw PortalError(
                .invalid, id: "sms.on-net-user",
                "That is a colleague's extension. Colleagues get a chat; for a text, type a phone number.")
        }
        if (3...6).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return text }
        let region = try String.fetchOne(db, sql: "SELECT region FROM domain WHERE id = ?", arguments: [domain])
        return try PhoneNumber(typed: text, region: region ?? "ZZ").e164
    }

    func require(_ id: ConversationID, in db: Database) throws -> Conversation {
        guard let conversation = try conversation(id, in: db) else { throw PortalError.notFound("conversation") }
        return conversation
    }

    func findOrMake(
        _ kind: ChannelKind, key: String, remote: String?, title: String?, domain: DomainID, id: ConversationID,
        in db: Database
    ) throws -> Opened {
        let statement = try db.cachedStatement(
            sql: "SELECT id FROM conversation WHERE domainId = ? AND kind = ? AND key = ?")
        if let known = try ConversationID.fetchOne(statement, arguments: [domain, kind.rawValue, key]) {
            return Opened(id: known, isNew: false)
        }
        try db.execute(
            sql: "INSERT INTO conversation (id, domainId, kind, key, remote, title, createdAt) VALUES (?,?,?,?,?,?,?)",
            arguments: [id, domain, kind.rawValue, key, remote, title, clock.now.milliseconds])
        return Opened(id: id, isNew: true)
    }

    // MARK: Which of our numbers to send from

    /// The number a message goes out from unless the user chooses: the one chosen last, else the one the other side
    /// wrote to last, else the user's first (S35).
    func defaultFrom(of conversation: Conversation, for caller: Caller, in db: Database) throws -> PhoneNumber? {
        guard conversation.kind == .sms else { return nil }
        let mine = try numbers.assigned(to: caller.user, with: .sms, in: db).map(\.number)
        let chosen = try PhoneNumber.fetchOne(
            db.cachedStatement(sql: "SELECT fromNumber FROM member WHERE conversationId = ? AND userId = ?"),
            arguments: [conversation.id, caller.user])
        if let chosen, mine.contains(chosen) { return chosen }
        let used = try PhoneNumber.fetchAll(
            db.cachedStatement(
                sql: "SELECT number FROM conversationNumber WHERE conversationId = ? ORDER BY activity DESC"),
            arguments: [conversation.id])
        return used.first(where: mine.contains) ?? mine.first
    }

    /// Remembers the number that a user sends from in a conversation.
    ///
    /// - Throws: `sms.number-not-assigned` for a number that isn't the user's.
    func remember(from number: PhoneNumber, for caller: Caller, in id: ConversationID, in db: Database) throws {
        guard try numbers.assigned(to: caller.user, with: .sms, in: db).contains(where: { $0.number == number }) else {
            throw PortalError(
                .forbidden, id: "sms.number-not-assigned", "You can't send from that number: it isn't assigned to you.")
        }
        try db.execute(
            sql: "UPDATE member SET fromNumber = ? WHERE conversationId = ? AND userId = ?",
            arguments: [number, id, caller.user])
    }
}
