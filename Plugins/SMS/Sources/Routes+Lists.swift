import Foundation
import PatchbaySDK

/// The administrators' lists: what was given up, and who wants no messages.
extension SMSRoutes {
    @Sendable func deadLetters(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let limit = try Self.limit(of: request)
        let before = try Self.cursor(of: request)
        let items = try await context.store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT letter.*, fromNumber, remote FROM smsDeadLetter AS letter
                    JOIN smsOutbox AS entry ON entry.messageId = letter.messageId AND entry.part = 1
                    WHERE letter.domainId = ? AND letter.id < ? ORDER BY letter.id DESC LIMIT ?
                    """, arguments: [caller.domain, before, limit + 1]
            ).map { row -> (id: Int, item: JSON) in
                let item: JSON = [
                    "messageId": .string(row["messageId"]), "from": .string(row["fromNumber"]),
                    "to": .string(row["remote"]), "reason": JSON(row["reason"] as String?),
                    "attempts": .int(row["attempts"]), "at": .string(Date(milliseconds: row["at"]).rfc3339),
                ]
                return (row["id"], item)
            }
        }
        let page = items.prefix(limit)
        let next = items.count > limit ? page.last.map { String($0.id) } : nil
        return .json(["items": .array(page.map(\.item)), "next": JSON(next)])
    }

    @Sendable func optOutList(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let limit = try Self.limit(of: request)
        let after = request.query["cursor"] ?? ""
        let entries = try await context.store.read { db in
            try optOuts.entries(of: caller.domain, after: after, limit: limit + 1, db: db)
        }
        let page = entries.prefix(limit)
        let items = page.map { entry -> JSON in
            [
                "remote": .string(entry.remote), "ourNumber": JSON(entry.ourNumber), "word": .string(entry.word),
                "at": .string(Date(milliseconds: entry.at).rfc3339),
            ]
        }
        return .json(["items": .array(items), "next": JSON(entries.count > limit ? page.last?.remote : nil)])
    }

    @Sendable func addOptOut(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let typed = request.parameters["remote"] ?? ""
        try await context.store.write { db in
            let remote = try Remote.read(typed: typed, region: try region(of: caller.domain, in: db))
            guard try optOuts.add(remote, in: caller.domain, word: "", ourNumber: nil, db: db) else { return }
            try outbox.cancelQueued(
                to: remote, in: caller.domain, reason: "The recipient has asked for no more messages.", db: db)
        }
        return .done
    }

    @Sendable func removeOptOut(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let typed = request.parameters["remote"] ?? ""
        try await context.store.write { db in
            let remote = try Remote.read(typed: typed, region: try region(of: caller.domain, in: db))
            guard try optOuts.remove(remote, in: caller.domain, db: db) else {
                throw PortalError.notFound("opt-out")
            }
        }
        return .done
    }

    private func region(of domain: DomainID, in db: Database) throws -> String {
        try context.directory.domain(domain, in: db)?.region ?? "ZZ"
    }

    private static func limit(of request: PluginRequest) throws(PortalError) -> Int {
        guard let text = request.query["limit"] else { return 50 }
        guard let limit = Int(text), (1...200).contains(limit) else {
            throw PortalError(.invalid, id: "query.invalid", "limit must be a whole number from 1 to 200.")
        }
        return limit
    }

    private static func cursor(of request: PluginRequest) throws(PortalError) -> Int {
        guard let text = request.query["cursor"] else { return .max }
        guard let cursor = Int(text) else {
            throw PortalError(.invalid, id: "query.invalid", "cursor must be the \"next\" of an earlier answer.")
        }
        return cursor
    }
}
