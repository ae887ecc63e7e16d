import Foundation
import PatchbaySDK

/// What administrators see of the outbox, and do about it.
extension SMSRoutes {
    @Sendable func stuck(_ request: PluginRequest) async throws -> PluginResponse {
        let limit = try Self.limit(of: request)
        let wantsDead = request.query["state"] == "dead"
        let cursor = wantsDead ? try Self.cursor(of: request) : Int(request.query["cursor"] ?? "0") ?? 0
        let now = context.clock.now
        let (items, allowance) = try await context.store.read { db in
            let domain = try domain(of: request, in: db)
            let used = try DailyUsage(domain: domain).total(at: now, in: db)
            let allowance = Allowance(used: used, limit: limits.limits(of: domain).segmentsPerDay)
            let found =
                wantsDead
                ? try OutboxList.dead(of: domain, before: cursor, limit: limit + 1, in: db)
                : try OutboxList.waiting(of: domain, after: cursor, limit: limit + 1, in: db)
            return (try found.map { ($0.id, try json(of: $0, in: db)) }, allowance)
        }
        let page = items.prefix(limit)
        return .json([
            "items": .array(page.map(\.1)), "next": JSON(items.count > limit ? page.last.map { String($0.0) } : nil),
            "now": .string(now.rfc3339), "allowance": allowance.json,
        ])
    }

    @Sendable func retryStuck(_ request: PluginRequest) async throws -> PluginResponse {
        try await context.store.write { db in
            let parts = try parts(of: request, in: db)
            let hold = try hold(on: parts[0], in: db)
            if parts.contains(where: { $0.state == .failed }) {
                try outbox.retry(failed: parts, hold: hold, in: db)
            } else {
                try outbox.hurry(parts, in: db)
            }
        }
        return PluginResponse(status: 202)
    }

    @Sendable func discard(_ request: PluginRequest) async throws -> PluginResponse {
        try await context.store.write { db in
            let parts = try parts(of: request, in: db)
            guard !parts.contains(where: { $0.state == .submitting }) else {
                throw PortalError(
                    .conflict, id: "sms.being-sent",
                    "This message is with the carrier just now. Wait a minute, then look again.")
            }
            try outbox.discard(parts, reason: "An administrator has discarded the message.", in: db)
        }
        return .done
    }

    /// The parts of a message that waits or has failed.
    ///
    /// - Throws: `PortalError.notFound` also for another domain's, and for one that has gone out.
    private func parts(of request: PluginRequest, in db: Database) throws -> [OutboxEntry] {
        let domain = try domain(of: request, in: db)
        let parts = try OutboxEntry.all(of: request.id("message"), in: db).filter { $0.domain == domain }
        guard parts.contains(where: { $0.state == .failed || $0.state.delivery == .pending }) else {
            throw PortalError.notFound("message in the outbox")
        }
        return parts
    }

    /// What has been refused since it was written, such as by an opt-out, isn't sent by an administrator either; where it is
    /// night, it waits.
    private func hold(on entry: OutboxEntry, in db: Database) throws -> Hold? {
        let conversation = Conversation(
            id: ConversationID(rawValue: "outbox"), domain: entry.domain, kind: .sms, remote: entry.remote, title: nil)
        let draft = Draft(conversation: conversation, author: .plugin(SMSPlugin.id), text: "", from: entry.sms.from)
        return try rules.hold(draft, in: db)
    }

    private func json(of row: OutboxList.Entry, in db: Database) throws -> JSON {
        let author = try row.author.flatMap { try context.directory.user($0, of: row.domain, in: db)?.fullName }
        let from = PhoneNumber.formatted(row.from, for: try region(of: row.domain, in: db))
        return [
            "messageId": .string(row.message), "state": .string(row.state), "carrier": .string(row.carrier),
            "author": JSON(author), "from": .string(row.from), "fromFormatted": .string(from),
            "to": .string(Remote.masked(row.to)),
            "reason": JSON(row.reason), "attempts": .int(row.attempts), "parts": .int(row.parts),
            "createdAt": .string(Date(milliseconds: row.createdAt).rfc3339),
            "nextAttemptAt": JSON(row.nextAt.map { Date(milliseconds: $0).rfc3339 }),
        ]
    }
}
