import Foundation
import PatchbaySDK

/// Reads which notes are due, and decides for each whether its reader still wants to know.
struct PushReading: Sendable {
    static let pageLength = 64

    let messaging: Messaging
    let preferences: PreferenceStore
    let front: PortalFront
    let namedOrigins: Set<String>

    func due(at now: Date, in db: Database) throws -> [DuePush] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT pushNote.*, domainId, userId, sessionId, endpoint, p256dh, auth,
                    EXISTS (SELECT 1 FROM session JOIN user ON user.id = session.userId
                        WHERE session.id = sessionId AND session.expiresAt > ?1 AND session.lastSeenAt > ?2
                            AND isEnabled = 1 AND scope <> 'no-portal') AS isAlive
                FROM pushNote JOIN pushSubscription ON pushSubscription.id = subscriptionId
                WHERE dueAt <= ?1 ORDER BY dueAt LIMIT ?3
                """, arguments: [now.milliseconds, SessionStore.idleStart(at: now), Self.pageLength])
        return try rows.map { row in
            let endpoint = try? PushEndpoint(row["endpoint"], named: namedOrigins)
            let keys = try? PushKeys(p256dh: row["p256dh"], auth: row["auth"])
            let caller = Caller(user: row["userId"], domain: row["domainId"], scope: .basicUser)
            let isAlive = row["isAlive"] as Bool && row["expiresAt"] as Int > now.milliseconds
            return DuePush(
                subscription: row["subscriptionId"], conversation: row["conversationId"], revision: row["revision"],
                attempts: row["attempts"], expiresAt: Date(milliseconds: row["expiresAt"]),
                kind: PushNotes.Kind(rawValue: row["kind"]) ?? .message, caller: caller,
                // The operator may have taken back what he had named.
                target: endpoint.flatMap { endpoint in keys.map { DuePush.Target(endpoint: endpoint, keys: $0) } },
                notice: isAlive ? try notice(row, for: caller, in: db) : nil)
        }
    }

    /// How long until the next note is due; `nil` when none waits.
    func untilNext(after now: Date, in db: Database) throws -> Duration? {
        let next = try Int.fetchOne(db, sql: "SELECT min(dueAt) FROM pushNote")
        return next.map { .milliseconds(max(0, $0 - now.milliseconds)) }
    }

    private func notice(_ row: Row, for caller: Caller, in db: Database) throws -> PushNotice? {
        let kind = PushNotes.Kind(rawValue: row["kind"]) ?? .message
        let chosen = try preferences.preferences(of: caller, in: db)
        guard chosen.showsNotices, let view = try view(of: row["conversationId"], for: caller, in: db), !view.isMuted
        else { return nil }
        // That a meeting rings no more is for the other devices of one who is there.
        let isOver = kind == .answered || kind == .missed
        guard isOver || !front.isInFront(caller.user) else { return nil }
        guard kind == .message else {
            let inviter = view.members.first { $0.id.rawValue == row["personId"] as String? }
            return .meeting(kind, in: view.conversation, by: inviter?.name ?? view.title)
        }
        let sequence: Int = row["sequence"]
        guard sequence > view.readUpTo,
            let message = try StoredMessage.fetch(view.conversation.id, sequence: sequence, in: db)?.message,
            try messaging.seen(message.id, by: caller, in: db) != nil
        else { return nil }
        let author = view.members.first { $0.id == message.author }
        return .message(
            message, in: view.conversation, title: author?.name ?? view.title, hidesText: chosen.hidesText)
    }

    /// The conversation as the reader sees it now; `nil` when they don't any more, or may not use what carries it.
    private func view(of id: ConversationID, for caller: Caller, in db: Database) throws -> ConversationView? {
        do {
            let view = try messaging.view(of: id, for: caller, in: db)
            guard let (plugin, _) = messaging.channels.channel(view.conversation.kind),
                try messaging.gates.closedGate(plugin, for: caller, in: db) == nil
            else { return nil }
            return view
        } catch let refusal as PortalError where refusal.status == 404 {
            return nil
        }
    }
}
