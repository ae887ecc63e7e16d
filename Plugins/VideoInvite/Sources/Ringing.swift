import Foundation
import PatchbaySDK

/// Ends what time ends: invitations that nobody answers, and windows that went without a word.
struct Ringing: Sendable {
    private let sessions: Sessions
    private let mailboxes: Mailboxes
    private let bell = Bell()

    init(sessions: Sessions, mailboxes: Mailboxes) {
        self.sessions = sessions
        self.mailboxes = mailboxes
    }

    private var context: PluginContext { sessions.context }

    /// Looks again for what is next, once `db`'s transaction is on disk.
    func wake(after db: Database) { db.afterNextTransaction { [bell] _ in bell.ring() } }

    /// Works until it is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            let (gone, next) = try await context.store.write { [self] db in
                (try endWhatIsOver(in: db), try nextEnd(in: db))
            }
            for address in gone { mailboxes.close(address) }
            let wait = next.map { Duration.milliseconds(max(1, $0 - context.clock.now.milliseconds)) }
            await bell.wait(atMost: wait, clock: context.clock)
        }
    }

    /// - Returns: the windows that went without a word.
    private func endWhatIsOver(in db: Database) throws -> [Mailboxes.Address] {
        let now = context.clock.now
        let silent = now.addingTimeInterval(-Sessions.silenceInSeconds).milliseconds
        let gone = try Row.fetchAll(
            db,
            sql: "SELECT domainId, sessionId, peer FROM videoPerson WHERE state = 'joined' AND seenAt <= ?",
            arguments: [silent])
        for row in gone {
            guard let session = try VideoSession.fetch(row["sessionId"], of: row["domainId"], in: db) else { continue }
            _ = try sessions.leave(session, peer: row["peer"], in: db)
        }
        let unanswered = try VideoSession.fetchAll(
            """
            ringsUntilAt <= ? AND id IN (SELECT sessionId FROM videoPerson WHERE state = 'invited')
            """, [now.milliseconds], in: db)
        for session in unanswered { try sessions.miss(session, in: db) }
        return gone.map { Mailboxes.Address(session: $0["sessionId"], peer: $0["peer"]) }
    }

    /// The moment of the next end, in milliseconds; `nil` when nothing runs.
    private func nextEnd(in db: Database) throws -> Int? {
        let ringing = try Int.fetchOne(
            db,
            sql: """
                SELECT min(ringsUntilAt) FROM videoSession
                WHERE id IN (SELECT sessionId FROM videoPerson WHERE state = 'invited')
                """)
        let heard = try Int.fetchOne(db, sql: "SELECT min(seenAt) FROM videoPerson WHERE state = 'joined'")
        return [ringing, heard.map { $0 + Int(Sessions.silenceInSeconds * 1000) }].compactMap { $0 }.min()
    }
}
