import Foundation
import Logging
import PatchbaySDK

/// Answers for those who are away, after the message that is answered has been stored.
struct AwayReplies: Sendable {
    /// An answer that is owed.
    private struct Owed: Sendable {
        let user: UserID
        let conversation: ConversationID
        let domain: DomainID
        let number: PhoneNumber?

        init(_ row: Row) {
            user = row["userId"]
            conversation = row["conversationId"]
            domain = row["domainId"]
            number = row["number"]
        }
    }

    private static let pageLength = 64

    let messaging: Messaging
    let preferences: PreferenceStore
    let log: Logger

    /// Runs until it is cancelled.
    func run() async {
        await Watch(name: "away messages", bell: messaging.away.bell, clock: messaging.clock, log: log).run(answerAll)
    }

    /// - Returns: zero when there may be more, else `nil`: the bell rings for the next.
    func answerAll() async throws -> Duration? {
        let owed = try await messaging.store.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM awayNote WHERE isDue = 1 ORDER BY notedAt LIMIT ?", arguments: [Self.pageLength]
            ).map(Owed.init)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in owed { group.addTask { try await answer(one) } }
            try await group.waitForAll()
        }
        return owed.count == Self.pageLength ? .zero : nil
    }

    private func answer(_ owed: Owed) async throws {
        let id = MessageID(at: messaging.clock.now)
        do {
            try await messaging.store.write { db in
                guard try Self.strike(owed, in: db), let draft = try draft(for: owed, in: db) else { return }
                _ = try messaging.post(draft, id: id, in: db)
            }
        } catch let refusal as PortalError where refusal.id.hasPrefix("store.") {
            throw refusal
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            log.info(
                "away message not sent",
                metadata: [
                    "conversation": "\(owed.conversation)", "reason": "\((error as? PortalError)?.id ?? "\(error)")",
                ])
            try await messaging.store.write { db in _ = try Self.strike(owed, in: db) }
        }
    }

    /// - Returns: whether it was still owed.
    private static func strike(_ owed: Owed, in db: Database) throws -> Bool {
        try db.execute(
            sql: "UPDATE awayNote SET isDue = 0 WHERE userId = ? AND conversationId = ? AND isDue = 1",
            arguments: [owed.user, owed.conversation])
        return db.changesCount == 1
    }

    /// Whether an answer waits for the morning already: one is enough for the night.
    private func isWaiting(_ owed: Owed, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM message JOIN conversation ON conversation.id = message.conversationId
                    WHERE conversationId = ? AND sequence > lastSequence - 100 AND authorId = ? AND isAutomatic
                        AND state = 'pending' AND heldUntil > ?)
                """,
            arguments: [owed.conversation, owed.user, messaging.clock.now.milliseconds]) ?? false
    }

    private func draft(for owed: Owed, in db: Database) throws -> Draft? {
        let caller = Caller(user: owed.user, domain: owed.domain, scope: .basicUser)
        let away = try preferences.preferences(of: caller, in: db).away
        guard away.isOn, try messaging.isMember(caller, of: owed.conversation, in: db),
            let conversation = try messaging.conversation(owed.conversation, in: db), try !isWaiting(owed, in: db)
        else { return nil }
        return Draft(
            conversation: conversation, author: .user(owed.user), purpose: .awayReply, text: away.text,
            from: owed.number)
    }
}
