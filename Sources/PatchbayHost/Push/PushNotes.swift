import Foundation
import PatchbaySDK

/// Notes, in the transaction of what happened, whom to tell who may have the portal closed. `PushDelivery` tells them.
///
/// For each browser and conversation there is one note: the newer takes the place of the older, as its topic does at the
/// push service.
struct PushNotes: Sendable {
    /// A message that couldn't be told for so long is no news.
    static let messageLife: TimeInterval = 86_400
    /// That an invitation was answered matters as long as it would have rung.
    static let withdrawalLife: TimeInterval = 60

    /// What a note tells.
    enum Kind: String, Sendable {
        case message, invitation
        /// The invitation was answered, here or on another device, or turned down.
        case answered
        case missed
    }

    let bell = Bell()
    let clock: any PortalClock

    /// Notes a message for its readers but the author. Whether they still want to know is asked when it is sent.
    func note(_ message: Message, for readers: [UserID], in db: Database) throws {
        guard try isAnybodySubscribed(in: message.domain, db) else { return }
        try note(
            .message, sequence: message.sequence, for: readers.filter { $0 != message.author },
            conversation: message.conversation, domain: message.domain, person: nil,
            until: clock.now.addingTimeInterval(Self.messageLife), in: db)
    }

    /// One look at an index that is empty where nobody has this switched on, for this is asked with every message.
    func isAnybodySubscribed(in domain: DomainID, _ db: Database) throws -> Bool {
        try db.quickRow("SELECT 1 FROM pushSubscription WHERE domainId = ? LIMIT 1", .id(domain)) { _ in true } ?? false
    }

    func note(
        _ kind: Kind, sequence: Int, for users: [UserID], conversation: ConversationID, domain: DomainID,
        person: UserID?, until end: Date, in db: Database
    ) throws {
        let users = JSON.array(users.map { .string($0.rawValue) }).text
        try db.execute(
            sql: """
                INSERT INTO pushNote
                    (subscriptionId, conversationId, kind, sequence, personId, revision, dueAt, expiresAt, attempts)
                SELECT id, ?2, ?4, ?5, ?6, 0, ?7, ?8, 0 FROM pushSubscription
                WHERE domainId = ?1 AND userId IN (SELECT value FROM json_each(?3))
                ON CONFLICT DO UPDATE SET kind = excluded.kind, sequence = excluded.sequence,
                    personId = excluded.personId, revision = revision + 1, expiresAt = excluded.expiresAt,
                    dueAt = CASE WHEN attempts = 0 THEN excluded.dueAt ELSE max(dueAt, excluded.dueAt) END
                -- What is written while it rings is found where the ringing leads to.
                WHERE NOT (kind = 'invitation' AND excluded.kind = 'message' AND expiresAt > ?7)
                """,
            arguments: [
                domain, conversation, users, kind.rawValue, sequence, person, clock.now.milliseconds, end.milliseconds,
            ])
        if db.changesCount > 0 { db.afterNextTransaction(onCommit: { [bell] _ in bell.ring() }) }
    }
}

extension PushNotes {
    /// Takes invitations back where browsers have been told of them, or are about to be.
    func withdraw(
        as kind: Kind, for users: [UserID], conversation: ConversationID, domain: DomainID, in db: Database
    ) throws {
        let now = clock.now
        let users = JSON.array(users.map { .string($0.rawValue) }).text
        let life = kind == .missed ? Self.messageLife : Self.withdrawalLife
        try db.execute(
            sql: """
                UPDATE pushNote SET kind = ?4, revision = revision + 1, expiresAt = ?6,
                    dueAt = CASE WHEN attempts = 0 THEN ?5 ELSE max(dueAt, ?5) END
                WHERE conversationId = ?2 AND kind = 'invitation' AND subscriptionId IN (
                    SELECT id FROM pushSubscription
                    WHERE domainId = ?1 AND userId IN (SELECT value FROM json_each(?3)))
                """,
            arguments: [
                domain, conversation, users, kind.rawValue, now.milliseconds,
                now.addingTimeInterval(life).milliseconds,
            ])
        if db.changesCount > 0 { db.afterNextTransaction(onCommit: { [bell] _ in bell.ring() }) }
    }
}

/// Plugins' way to people whose portal is closed.
struct RunningSummons: Summons {
    let notes: PushNotes
    let domains: @Sendable (ConversationID, Database) throws -> DomainID?

    func ring(
        _ users: [UserID], in conversation: ConversationID, by caller: UserID, until end: Date, in db: Database
    ) throws {
        guard let domain = try domains(conversation, db), try notes.isAnybodySubscribed(in: domain, db) else { return }
        try notes.note(
            .invitation, sequence: 0, for: users, conversation: conversation, domain: domain, person: caller,
            until: end, in: db)
    }

    func hush(_ users: [UserID], in conversation: ConversationID, wasMissed: Bool, in db: Database) throws {
        guard let domain = try domains(conversation, db), try notes.isAnybodySubscribed(in: domain, db) else { return }
        try notes.withdraw(
            as: wasMissed ? .missed : .answered, for: users, conversation: conversation, domain: domain, in: db)
    }
}
