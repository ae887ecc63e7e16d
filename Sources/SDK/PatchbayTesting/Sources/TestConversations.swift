import Foundation
import PatchbaySDK
import Synchronization

/// The host's conversations on small real tables: the send gate, the channel and the news work as in the host, as far
/// as a plugin can tell.
public final class TestConversations: Conversations, Sendable {
    /// What stands behind a kind of conversation, and the send gate's checks.
    private struct Powers {
        var channels: [any MessageChannel] = []
        var checks: [any SendCheck] = []
        var witnesses: [any MessageWitness] = []
        var held: Set<ConversationID> = []
    }

    private let store: TestStore
    private let events: any Events
    private let numbers: any Numbers
    private let clock: any PortalClock
    private let powers = Mutex(Powers())

    init(store: TestStore, events: any Events, numbers: any Numbers, clock: any PortalClock) {
        self.store = store
        self.events = events
        self.numbers = numbers
        self.clock = clock
    }

    /// Adds what `part` can do: carry messages, check drafts, both or neither.
    func attach(_ part: any Sendable) {
        powers.withLock { powers in
            if let channel = part as? any MessageChannel { powers.channels.append(channel) }
            if let check = part as? any SendCheck { powers.checks.append(check) }
            if let witness = part as? any MessageWitness { powers.witnesses.append(witness) }
        }
    }

    /// Makes a chat among `people`, all of one domain.
    public func makeChat(among people: [TestPerson], title: String? = nil) throws -> Conversation {
        try store.writeNow { db in
            let chat = Conversation(
                id: ConversationID(at: clock.now), domain: people.first?.domain ?? .acme, kind: .chat, remote: nil,
                title: title)
            try insert(chat, members: people.map(\.id), in: db)
            return chat
        }
    }

    /// Makes, or finds, the SMS conversation of `number`'s people with `remote`.
    public func makeSMS(with remote: String, through number: PhoneNumber) throws -> Conversation {
        try store.writeNow { db in
            let domain = try numbers.record(of: number, in: db)?.domain ?? .acme
            return try conversation(.sms, with: remote, through: number, of: domain, in: db)
        }
    }

    /// Lets `person` have read `conversation` up to the message with the sequence number `upTo`.
    public func markRead(_ conversation: Conversation, upTo: Int, by person: TestPerson) throws {
        try store.writeNow { db in
            try db.execute(
                sql: "UPDATE member SET readUpTo = ? WHERE conversationId = ? AND userId = ?",
                arguments: [upTo, conversation.id, person.id])
        }
    }

    /// Puts `conversation` under a legal hold, or lifts it.
    public func hold(_ conversation: Conversation, _ isHeld: Bool = true) {
        powers.withLock { powers in
            if isHeld { powers.held.insert(conversation.id) } else { powers.held.remove(conversation.id) }
        }
    }

    /// All messages of `conversation` in their order.
    public func messages(of conversation: Conversation) throws -> [Message] {
        try store.readNow { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM message WHERE conversationId = ? ORDER BY sequence",
                arguments: [conversation.id]
            ).map(Message.init)
        }
    }

    /// Asks every check of the send gate, as the host does before a message is stored.
    public func decision(on draft: Draft, in db: Database) throws -> SendDecision {
        var longest: Hold?
        for check in powers.withLock({ $0.checks }) {
            switch try check.check(draft, in: db) {
            case .allow: continue
            case .hold(let hold): if hold.until > longest?.until ?? .distantPast { longest = hold }
            case .refuse(let refusal): return .refuse(refusal)
            }
        }
        return longest.map(SendDecision.hold) ?? .allow
    }

    /// Stores `draft` if all checks let it through, in a transaction of its own.
    public func send(_ draft: Draft) async throws -> Message {
        try await store.write { db in try self.send(draft, in: db) }
    }

    /// Stores `draft` if all checks let it through.
    ///
    /// - Throws: the check's refusal.
    public func send(_ draft: Draft, in db: Database) throws -> Message {
        var author: UserID?
        if case .user(let user) = draft.author { author = user }
        if let author, let clientID = draft.clientID {
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM message WHERE authorId = ? AND clientId = ?", arguments: [author, clientID])
            if let row { return try Message(row) }
        }
        var hold: Hold?
        switch try decision(on: draft, in: db) {
        case .allow: break
        case .hold(let longest): hold = longest
        case .refuse(let refusal): throw refusal
        }
        let message = try message(
            in: draft.conversation, author: author, via: draft.from, text: draft.text, attachments: draft.attachments,
            clientID: draft.clientID, isAutomatic: draft.purpose.isAutomatic, hold: hold, db)
        try insert(message, in: db)
        let channel = powers.withLock { powers in powers.channels.first { $0.kind == draft.conversation.kind } }
        let taken = try channel?.take(message, of: draft.conversation, in: db) ?? Taken(state: .sent)
        try db.execute(
            sql: "UPDATE message SET state = ?, segments = ? WHERE id = ?",
            arguments: [taken.state, taken.segments, message.id])
        try witness(message.id, in: db)
        return try told("message.created", of: message.id, in: db)
    }

    /// Stores a message from outside, in a conversation that is made if there is none.
    public func receive(_ arrival: Arrival, in db: Database) throws -> Message {
        let conversation = try conversation(
            arrival.kind, with: arrival.remote, through: arrival.to, of: arrival.domain, in: db)
        let message = try message(
            in: conversation, author: nil, via: arrival.to, text: arrival.text, attachments: [], clientID: nil, db)
        try insert(message, in: db)
        try db.execute(sql: "UPDATE message SET state = 'received' WHERE id = ?", arguments: [message.id])
        try witness(message.id, in: db)
        return try told("message.created", of: message.id, in: db)
    }

    /// Moves a message by the host's rules: never back, but for a retry.
    public func setState(
        _ state: DeliveryState, reason: String?, of message: MessageID, isRetry: Bool, in db: Database
    ) throws -> Bool {
        guard let known = try self.message(message, in: db), isRetry || known.state.mayBecome(state) else {
            return false
        }
        try db.execute(
            sql: "UPDATE message SET state = ?, reason = ? WHERE id = ?", arguments: [state, reason, message])
        if let changed = try self.message(message, in: db) {
            for witness in powers.withLock({ $0.witnesses }) {
                try witness.changed(changed, from: known.state, reason: known.reason, in: db)
            }
        }
        _ = try told("message.changed", of: message, in: db)
        return true
    }

    /// Says what a message waits for.
    public func setHold(_ hold: Hold?, of message: MessageID, in db: Database) throws {
        try db.execute(
            sql: "UPDATE message SET heldUntil = ?, heldIn = ? WHERE id = ?",
            arguments: [hold?.until.milliseconds, hold?.timeZone, message])
        _ = try told("message.changed", of: message, in: db)
    }

    /// The message, whichever domain it belongs to.
    public func message(_ id: MessageID, in db: Database) throws -> Message? {
        try Row.fetchOne(db, sql: "SELECT * FROM message WHERE id = ?", arguments: [id]).map(Message.init)
    }

    /// The message, if `caller` takes part in its conversation.
    public func message(_ id: MessageID, for caller: Caller, in db: Database) throws -> Message? {
        guard let message = try message(id, in: db), try isMember(caller, of: message.conversation, in: db) else {
            return nil
        }
        return message
    }

    /// The conversation, whichever domain it belongs to.
    public func conversation(_ id: ConversationID, in db: Database) throws -> Conversation? {
        try Row.fetchOne(db, sql: "SELECT * FROM conversation WHERE id = ?", arguments: [id]).map(Conversation.init)
    }

    /// Whether `caller` takes part in the conversation.
    public func isMember(_ caller: Caller, of conversation: ConversationID, in db: Database) throws -> Bool {
        try members(of: conversation, in: db).contains(caller.user)
    }

    /// Whether the test has put the message's conversation under a hold.
    public func isHeld(_ id: MessageID, in db: Database) throws -> Bool {
        guard let message = try message(id, in: db) else { return false }
        return powers.withLock { $0.held.contains(message.conversation) }
    }

    /// Whether the test has put the conversation under a hold.
    public func isHeld(_ id: ConversationID, in db: Database) throws -> Bool {
        powers.withLock { $0.held.contains(id) }
    }

    /// How far each of its people has read, by sequence.
    public func readMarks(of conversation: ConversationID, in db: Database) throws -> [UserID: Int] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT userId, readUpTo FROM member WHERE conversationId = ?", arguments: [conversation])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["userId"], $0["readUpTo"]) })
    }

    /// Everybody who takes part in the conversation.
    public func members(of conversation: ConversationID, in db: Database) throws -> [UserID] {
        try UserID.fetchAll(
            db, sql: "SELECT userId FROM member WHERE conversationId = ? ORDER BY userId", arguments: [conversation])
    }

    private func conversation(
        _ kind: ChannelKind, with remote: String, through number: PhoneNumber, of domain: DomainID, in db: Database
    ) throws -> Conversation {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM conversation WHERE domainId = ? AND kind = ? AND remote = ?",
            arguments: [domain, kind.rawValue, remote])
        let known = row.map(Conversation.init)
        let conversation =
            known
            ?? Conversation(id: ConversationID(at: clock.now), domain: domain, kind: kind, remote: remote, title: nil)
        if known == nil { try insert(conversation, members: [], in: db) }
        for user in try numbers.users(of: number, in: db) {
            try db.execute(
                sql: "INSERT OR IGNORE INTO member (conversationId, userId) VALUES (?, ?)",
                arguments: [conversation.id, user])
        }
        return conversation
    }

    private func insert(_ conversation: Conversation, members: [UserID], in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO conversation VALUES (?, ?, ?, ?, ?)",
            arguments: [
                conversation.id, conversation.domain, conversation.kind.rawValue, conversation.remote,
                conversation.title,
            ])
        for user in members {
            try db.execute(
                sql: "INSERT INTO member (conversationId, userId) VALUES (?, ?)", arguments: [conversation.id, user])
        }
    }

    private func message(
        in conversation: Conversation, author: UserID?, via: PhoneNumber?, text: String, attachments: [AttachmentID],
        clientID: String?, isAutomatic: Bool = false, hold: Hold? = nil, _ db: Database
    ) throws -> Message {
        let last = try Int.fetchOne(
            db, sql: "SELECT max(sequence) FROM message WHERE conversationId = ?", arguments: [conversation.id])
        return Message(
            id: MessageID(at: clock.now), conversation: conversation.id, domain: conversation.domain,
            sequence: (last ?? 0) + 1, author: author, via: via, text: text, attachments: attachments, state: .pending,
            reason: nil, segments: 0, createdAt: clock.now, clientID: clientID, isAutomatic: isAutomatic, hold: hold)
    }

    private func insert(_ message: Message, in db: Database) throws {
        let attachments = JSON.array(message.attachments.map { .string($0.rawValue) })
        try db.execute(
            sql: "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                message.id, message.conversation, message.domain, message.sequence, message.author, message.via,
                message.text, attachments.text, message.state, message.reason, message.segments,
                Int((message.createdAt.timeIntervalSince1970 * 1000).rounded()), message.clientID,
                message.isAutomatic, message.hold?.until.milliseconds, message.hold?.timeZone,
            ])
    }

    private func witness(_ id: MessageID, in db: Database) throws {
        guard let message = try message(id, in: db), let conversation = try conversation(message.conversation, in: db),
            let place = try Int.fetchOne(db, sql: "SELECT rowid FROM message WHERE id = ?", arguments: [id])
        else { return }
        for witness in powers.withLock({ $0.witnesses }) {
            try witness.stored(message, of: conversation.kind, at: place, in: db)
        }
    }

    private func told(_ name: String, of id: MessageID, in db: Database) throws -> Message {
        guard let message = try message(id, in: db) else { throw PortalError.notFound("message") }
        let news = Event(
            name, in: message.domain, to: .users(try members(of: message.conversation, in: db)),
            ["messageId": .string(id.rawValue), "state": .string(message.state.rawValue)])
        try events.publish(news, in: db)
        return message
    }
}
