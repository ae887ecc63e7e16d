import Foundation
import PatchbaySDK

extension Messaging: Conversations {
    /// Sends `draft` through the send gate, in a transaction of its own.
    ///
    /// - Throws: the gate's refusal, with nothing stored.
    public func send(_ draft: Draft) async throws -> Message {
        try await store.write { db in try self.send(draft, in: db) }
    }

    /// Sends `draft` through the send gate, inside the caller's transaction.
    ///
    /// - Throws: the gate's refusal; what the caller has written meanwhile stays.
    public func send(_ draft: Draft, in db: Database) throws -> Message {
        try post(draft, id: MessageID(at: clock.now), in: db).message
    }

    /// Asks the send gate about `draft`, with nothing stored.
    public func decision(on draft: Draft, in db: Database) throws -> SendDecision {
        try SendGate(gates: gates, channels: channels, claims: claims).authorize(draft, in: db)
    }

    /// Stores a message from outside, makes the conversation if there is none, and tells everybody who has the number.
    public func receive(_ arrival: Arrival, in db: Database) throws -> Message {
        let now = clock.now
        let opened = try findOrMake(
            arrival.kind, key: arrival.remote, remote: arrival.remote, title: nil, domain: arrival.domain,
            id: ConversationID(at: now), in: db)
        let conversation = try require(opened.id, in: db)
        let message = Message(
            id: MessageID(at: now), conversation: conversation.id, domain: arrival.domain,
            sequence: try nextSequence(of: conversation.id, in: db), author: nil, via: arrival.to, text: arrival.text,
            attachments: [], state: .received, reason: nil, segments: 0, createdAt: now, clientID: nil)
        try spread(StoredMessage(message: message, attachments: []), in: conversation, readBy: nil, in: db)
        try away.note(message, in: conversation, db)
        return message
    }

    /// Moves a message to `state` and tells its readers; a step back is ignored, unless it is a retry of a failed one.
    ///
    /// - Returns: whether anything changed.
    @discardableResult
    public func setState(
        _ state: DeliveryState, reason: String?, of id: MessageID, isRetry: Bool, in db: Database
    ) throws -> Bool {
        guard let stored = try StoredMessage.fetch(id, in: db) else { return false }
        let message = stored.message
        guard message.state.mayBecome(state) || (isRetry && message.state == .failed && state == .pending) else {
            return false
        }
        let statement = try db.cachedStatement(
            sql: "UPDATE message SET state = ?, reason = ? WHERE conversationId = ? AND sequence = ?")
        try statement.execute(arguments: [state, reason, message.conversation, message.sequence])
        guard
            let changed = try StoredMessage.fetch(message.conversation, sequence: message.sequence, in: db)
        else { return false }
        try channels.witness {
            try $0.changed(changed.message, from: message.state, reason: message.reason, in: db)
        }
        try tell(changed, to: try readers(of: changed.message, in: db), in: db)
        return true
    }

    /// Says what a message waits for from now on, and tells its readers.
    public func setHold(_ hold: Hold?, of id: MessageID, in db: Database) throws {
        guard let message = try StoredMessage.fetch(id, in: db)?.message else { return }
        try db.execute(
            sql: "UPDATE message SET heldUntil = ?, heldIn = ? WHERE conversationId = ? AND sequence = ?",
            arguments: [hold?.until.milliseconds, hold?.timeZone, message.conversation, message.sequence])
        guard let changed = try StoredMessage.fetch(id, in: db) else { return }
        try tell(changed, to: try readers(of: changed.message, in: db), in: db)
    }

    /// Tells tabs how a message stands now.
    func tell(_ changed: StoredMessage, to people: [UserID], in db: Database) throws {
        let message = changed.message
        try events.publish(
            Event(EventName.changed, in: message.domain, to: .users(people), reference(to: message)), in: db,
            live: { changed.utf8InObject })
    }

    /// The message, whichever domain it belongs to: for plugins, not for people.
    public func message(_ id: MessageID, in db: Database) throws -> Message? {
        try StoredMessage.fetch(id, in: db)?.message
    }

    /// The message, unless `caller` doesn't see it: another's number, a chat without them, deleted for them.
    public func message(_ id: MessageID, for caller: Caller, in db: Database) throws -> Message? {
        try seen(id, by: caller, in: db)?.message
    }

    /// The conversation, whichever domain it belongs to: for plugins, not for people.
    public func conversation(_ id: ConversationID, in db: Database) throws -> Conversation? {
        try db.quickRow(
            "SELECT id, domainId, kind, remote, title FROM conversation WHERE id = ?", .id(id),
            read: Conversation.init)
    }

    /// Whether `caller` takes part in the conversation.
    public func isMember(_ caller: Caller, of id: ConversationID, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM member WHERE domainId = ? AND conversationId = ? AND userId = ?)")
        return try Bool.fetchOne(statement, arguments: [caller.domain, id, caller.user]) ?? false
    }

    /// Everybody who takes part in the conversation now.
    public func members(of id: ConversationID, in db: Database) throws -> [UserID] {
        try db.quickRows("SELECT userId FROM member WHERE conversationId = ?", .id(id)) { $0.id(0) }
    }

    /// Whether a legal hold keeps the message, and all that belongs to it.
    public func isHeld(_ id: MessageID, in db: Database) throws -> Bool {
        guard let message = try message(id, in: db) else { return false }
        return try LegalHold.covers(message.conversation, of: message.domain, in: db)
    }

    /// Whether a legal hold keeps the conversation, and all that belongs to it.
    public func isHeld(_ id: ConversationID, in db: Database) throws -> Bool {
        guard let conversation = try conversation(id, in: db) else { return false }
        return try LegalHold.covers(id, of: conversation.domain, in: db)
    }

    /// How far each of its people has read, by sequence; 0 for nothing.
    public func readMarks(of id: ConversationID, in db: Database) throws -> [UserID: Int] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT userId, readUpTo FROM member WHERE conversationId = ?", arguments: [id])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["userId"], $0["readUpTo"]) })
    }

    /// The message as the API shows it, if `caller` may see it.
    public func seen(_ id: MessageID, by caller: Caller, in db: Database) throws -> StoredMessage? {
        guard let stored = try StoredMessage.fetch(id, in: db), stored.message.domain == caller.domain,
            try readers(of: stored.message, in: db).contains(caller.user),
            try !isHidden(stored.message, from: caller, in: db)
        else { return nil }
        return stored
    }

    /// Who may see the message: the conversation's members who, for SMS, have the number it went through.
    func readers(of message: Message, in db: Database) throws -> [UserID] {
        try readers(of: message.conversation, via: message.via, in: db)
    }

    /// Who may see what goes through `number` in the conversation; for a chat, without one, all its members.
    func readers(of id: ConversationID, via number: PhoneNumber?, in db: Database) throws -> [UserID] {
        try db.quickRows(
            """
            SELECT userId FROM member WHERE conversationId = ?1
            AND (?2 IS NULL OR userId IN (SELECT userId FROM numberUser WHERE number = ?2))
            """, .id(id), .number(number)
        ) { $0.id(0) }
    }

    private func isHidden(_ message: Message, from caller: Caller, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM messageHidden WHERE userId = ?2 AND conversationId = ?1 AND sequence = ?3)
                    OR EXISTS (SELECT 1 FROM member WHERE conversationId = ?1 AND userId = ?2 AND hiddenUpTo >= ?3)
                """)
        return try Bool.fetchOne(statement, arguments: [message.conversation, caller.user, message.sequence]) ?? false
    }
}
