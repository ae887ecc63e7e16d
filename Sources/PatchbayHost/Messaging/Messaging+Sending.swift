import Foundation
import PatchbaySDK

/// What became of a request to send.
public struct Sent: Sendable {
    /// The message as it is stored.
    public let stored: StoredMessage
    /// The same client id had been sent before; nothing was stored now.
    public let isRepeat: Bool
}

extension Messaging {
    /// Sends what a user wrote. The same `clientID` again gives the same message and stores nothing.
    ///
    /// - Parameters:
    ///   - from: Our number to send from; the conversation's last one when left out.
    ///   - quietHours: Whether it goes at once where it is night for the recipient.
    /// - Throws: `PortalError.notFound` for somebody else's conversation, and every refusal of the send gate.
    public func send(
        _ text: String, to conversation: ConversationID, by caller: Caller, clientID: String,
        from: PhoneNumber? = nil, attachments: [AttachmentID] = [], quietHours: Draft.QuietHours = .hold
    ) async throws -> Sent {
        let id = MessageID(at: clock.now)
        return try await store.write { db in
            if let known = try StoredMessage.fetch(author: caller.user, clientID: clientID, in: db) {
                return Sent(stored: known, isRepeat: true)
            }
            let draft = try self.draft(
                text, to: conversation, by: caller, clientID: clientID, from: from, attachments: attachments,
                quietHours: quietHours, in: db)
            return Sent(stored: try self.post(draft, id: id, in: db), isRepeat: false)
        }
    }

    /// What `caller` would say in a conversation of theirs.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's conversation.
    func draft(
        _ text: String, to conversation: ConversationID, by caller: Caller, clientID: String, from: PhoneNumber?,
        attachments: [AttachmentID], quietHours: Draft.QuietHours = .hold, in db: Database
    ) throws -> Draft {
        let conversation = try visible(conversation, to: caller, in: db)
        return Draft(
            conversation: conversation, author: .user(caller.user), text: text,
            from: try from ?? defaultFrom(of: conversation, for: caller, in: db), attachments: attachments,
            clientID: clientID, quietHours: quietHours)
    }

    /// Asks the send gate.
    ///
    /// - Returns: how long it holds the draft, if it does.
    /// - Throws: `message.empty`, and the gate's refusal.
    func authorized(_ draft: Draft, in db: Database) throws -> Hold? {
        guard draft.text.contains(where: { !$0.isWhitespace }) || !draft.attachments.isEmpty else {
            throw PortalError(.invalid, id: "message.empty", "Write something first.")
        }
        switch try decision(on: draft, in: db) {
        case .allow: return nil
        case .hold(let hold): return hold
        case .refuse(let refusal): throw refusal
        }
    }

    /// Stores a draft that the gate lets through and hands it to its channel.
    ///
    /// - Parameter isByHand: Whether its author sends it now, with what came before in view: then they have read it.
    func post(_ draft: Draft, id: MessageID, isByHand: Bool = true, in db: Database) throws -> StoredMessage {
        let hold = try authorized(draft, in: db)
        guard let (_, channel) = channels.channel(draft.conversation.kind) else {
            throw PortalError.notFound("conversation")
        }
        let attachments = try AttachmentStore.describe(draft, in: db)
        let unsent = Message(
            id: id, conversation: draft.conversation.id, domain: draft.conversation.domain,
            sequence: try nextSequence(of: draft.conversation.id, in: db), author: draft.author.user, via: draft.from,
            text: draft.text, attachments: draft.attachments, state: .pending, reason: nil, segments: 0,
            createdAt: clock.now, clientID: draft.clientID, isAutomatic: draft.purpose.isAutomatic,
            hold: hold)
        let taken = try channel.take(unsent, of: draft.conversation, in: db)
        let stored = StoredMessage(message: unsent.taken(taken), attachments: attachments)
        // What is answered automatically for somebody hasn't been read by them.
        let reader = isByHand && !unsent.isAutomatic ? unsent.author : nil
        let news = try reader.map { try unread(of: $0, in: unsent.conversation, db) } ?? 0
        try spread(stored, in: draft.conversation, readBy: reader, in: db)
        for attachment in draft.attachments {
            try db.execute(
                sql: "INSERT INTO attachmentUse VALUES (?, ?, ?)",
                arguments: [attachment, draft.conversation.id, unsent.sequence])
        }
        if try !noteAnswer(draft, in: db), news > 0, let reader {
            let author = Caller(user: reader, domain: unsent.domain, scope: .basicUser)
            try publishChange(of: unsent.conversation, for: author, in: db)
        }
        try away.note(stored.message, in: draft.conversation, db)
        return stored
    }

    private func unread(of user: UserID, in conversation: ConversationID, _ db: Database) throws -> Int {
        try db.quickRow(
            "SELECT unread FROM member WHERE conversationId = ? AND userId = ?", .id(conversation), .id(user)
        ) { $0.integer(0) } ?? 0
    }

    func nextSequence(of conversation: ConversationID, in db: Database) throws -> Int {
        // Two statements: RETURNING makes SQLite build a temporary table each time, which costs more.
        try db.quickly("UPDATE conversation SET lastSequence = lastSequence + 1 WHERE id = ?", .id(conversation))
        let sequence = try db.quickRow("SELECT lastSequence FROM conversation WHERE id = ?", .id(conversation)) {
            $0.integer(0)
        }
        guard let sequence else { throw PortalError.notFound("conversation") }
        return sequence
    }

    /// Stores the message, counts it for its people and tells them.
    ///
    /// - Parameter reader: Its author, if writing it shows that they have read what came before.
    func spread(
        _ stored: StoredMessage, in conversation: Conversation, readBy reader: UserID?, in db: Database
    ) throws {
        let message = stored.message
        let key = try stored.insert(in: db)
        try channels.witness { try $0.stored(message, of: conversation.kind, at: key, in: db) }
        let readers = try message.via.map { try peopleOf($0, admittedTo: conversation, by: message, key: key, in: db) }
        // What a colleague or a plugin sends from a shared number is news, but nothing to answer.
        let isOurOwn = message.via != nil && message.state != .received
        let admitted = readers.map { JSON.array($0.map { .string($0.rawValue) }).text }
        try db.quickly(
            """
            UPDATE member SET lastSequence = ?2, activity = ?3, isHidden = 0,
                unread = CASE WHEN userId = ?7 THEN 0 WHEN ?6 OR userId = ?4 THEN unread ELSE unread + 1 END,
                readUpTo = CASE WHEN userId = ?7 THEN ?2 ELSE readUpTo END
            WHERE conversationId = ?1 AND (?5 IS NULL OR userId IN (SELECT value FROM json_each(?5)))
            """, .id(conversation.id), .integer(message.sequence), .integer(key),
            .text(message.author?.rawValue ?? ""), .optional(admitted), .flag(isOurOwn),
            .text(reader?.rawValue ?? ""))
        let people = try readers ?? members(of: conversation.id, in: db)
        try events.publish(
            Event(EventName.created, in: message.domain, to: .users(people), reference(to: message)), in: db,
            live: { stored.utf8InObject })
        if !isOurOwn { try push.note(message, for: people, in: db) }
    }

    /// Everybody who has the number and may use it; they are members from now on.
    private func peopleOf(
        _ number: PhoneNumber, admittedTo conversation: Conversation, by message: Message, key: Int, in db: Database
    ) throws -> [UserID] {
        try db.quickly(
            """
            INSERT INTO conversationNumber VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
            SET lastSequence = excluded.lastSequence, activity = excluded.activity
            """, .id(conversation.id), .number(number), .integer(message.sequence), .integer(key))
        guard let (plugin, _) = channels.channel(conversation.kind) else { return [] }
        let people = try numbers.users(of: number, in: db).filter { user in
            let caller = Caller(user: user, domain: conversation.domain, scope: .basicUser)
            return try user == message.author || gates.closedGate(plugin, for: caller, in: db) == nil
        }
        for user in people { try addMember(user, to: conversation, in: db) }
        return people
    }

    func addMember(_ user: UserID, to conversation: Conversation, in db: Database) throws {
        try db.quickly(
            "INSERT OR IGNORE INTO member (conversationId, userId, domainId) VALUES (?, ?, ?)", .id(conversation.id),
            .id(user), .id(conversation.domain))
    }

    func reference(to message: Message) -> JSON {
        [
            "conversationId": .string(message.conversation.rawValue), "sequence": .int(message.sequence),
            "messageId": .string(message.id.rawValue),
        ]
    }
}

extension Draft.Author {
    var user: UserID? { if case .user(let user) = self { user } else { nil } }
}

extension Message {
    fileprivate func taken(_ taken: Taken) -> Message {
        Message(
            id: id, conversation: conversation, domain: domain, sequence: sequence, author: author, via: via,
            text: text, attachments: attachments, state: taken.state, reason: reason, segments: taken.segments,
            createdAt: createdAt, clientID: clientID, isAutomatic: isAutomatic, hold: hold)
    }
}
