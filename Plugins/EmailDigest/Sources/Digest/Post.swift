import Foundation
import PatchbaySDK

/// The background work: looks for who is due, and hands their e-mails to the mail server.
struct Post: Sendable {
    let context: PluginContext
    let settings: EmailSettings
    let outbox: Outbox
    let server: MailServer
    let choices: Choices

    private static let cleaningPause: TimeInterval = 3600

    /// Works until it is cancelled.
    ///
    /// - Throws: why the mail server can't be used, for the administrator; the host tries again.
    func run() async throws {
        let key = try await LinkKey.load(context)
        let composer = DigestComposer(
            context: context, settings: settings, outbox: outbox, choices: choices, key: key)
        try await context.store.write { [outbox] db in try outbox.recover(in: db) }
        // A wrong password shows at once, not with the first e-mail; and after a trouble only once it is over.
        try await server.check()
        var cleaned = Date.distantPast
        while true {
            if context.clock.now.timeIntervalSince(cleaned) >= Self.cleaningPause {
                try await context.store.write { [outbox] db in try outbox.clean(in: db) }
                cleaned = context.clock.now
            }
            try await composer.compose()
            while try await deliver(composer) {}
            try await context.clock.sleep(for: settings.tick)
        }
    }

    /// Hands over what is due.
    ///
    /// - Returns: whether there may be more.
    private func deliver(_ composer: DigestComposer) async throws -> Bool {
        let digests = try await context.store.write { [outbox] db in try outbox.claim(in: db) }
        guard !digests.isEmpty else { return false }
        var session: SMTPSession?
        for (index, digest) in digests.enumerated() {
            do {
                guard let message = try await wanted(digest, composer) else { continue }
                if session == nil { session = try await server.open() }
                _ = try await session?.send(message)
                try await noteSent(digest)
            } catch let refusal as SMTPRefusal where refusal.concernsMessage {
                try await note(digest, refusedBy: refusal)
            } catch {
                await session?.drop()
                let trouble = MailServer.trouble(error)
                let reason = (trouble as? PortalError)?.message ?? "\(trouble)"
                try await context.store.write { [outbox] db in
                    for one in digests[index...] {
                        try outbox.postpone(one, reason: reason, countsAttempt: false, in: db)
                    }
                }
                throw trouble
            }
        }
        await session?.end()
        return digests.count == Outbox.mostAtOnce
    }

    /// The e-mail, unless there is nothing left to tell or it is too late.
    private func wanted(_ digest: Digest, _ composer: DigestComposer) async throws -> MailMessage? {
        let age = context.clock.now.timeIntervalSince(digest.createdAt)
        guard age < TimeInterval(Digest.longestWait.components.seconds) else {
            try await finish(digest, .failed, reason: "The mail server couldn't be used for three days.")
            return nil
        }
        guard let message = try await composer.message(for: digest) else {
            try await finish(digest, .dropped)
            return nil
        }
        return message
    }

    /// However long the store can't: what the mail server has taken must not be sent again.
    private func noteSent(_ digest: Digest) async throws {
        let ids = ["digest": digest.id.rawValue]
        try await context.store.writeUntilStored("sent digest", ids, clock: context.clock, log: context.log) {
            [outbox] db in try outbox.finish(digest, .sent, in: db)
        }
        context.log.info("digest sent", ids.merging(["attempt": "\(digest.attempt + 1)"]) { $1 })
    }

    private func note(_ digest: Digest, refusedBy refusal: SMTPRefusal) async throws {
        // The server's words may name the address: they go to the table, not to the log.
        context.log.warning(
            "digest refused",
            [
                "digest": digest.id.rawValue, "step": refusal.step.rawValue, "code": "\(refusal.reply?.code ?? 0)",
                "attempt": "\(digest.attempt + 1)",
            ])
        guard refusal.isTransient else { return try await finish(digest, .failed, reason: refusal.sentence) }
        try await context.store.write { [outbox] db in
            try outbox.postpone(digest, reason: refusal.sentence, countsAttempt: true, in: db)
        }
    }

    private func finish(_ digest: Digest, _ state: Digest.State, reason: String? = nil) async throws {
        try await context.store.write { [outbox] db in
            try outbox.finish(digest, state, reason: reason, in: db)
        }
    }
}
