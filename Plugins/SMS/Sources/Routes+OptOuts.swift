import Foundation
import PatchbaySDK

/// The administrators' list of who wants no messages.
extension SMSRoutes {
    private static let reasonBody = Schema([
        "type": "object", "additionalProperties": false,
        "properties": ["reason": ["type": "string", "maxLength": 200]],
    ])

    @Sendable func optOutList(_ request: PluginRequest) async throws -> PluginResponse {
        let limit = try Self.limit(of: request)
        let after = request.query["cursor"] ?? ""
        let digits = (request.query["query"] ?? "").filter { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty || (request.query["query"] ?? "").allSatisfy(\.isWhitespace) else {
            return .json(["items": [], "next": .null])
        }
        let entries = try await context.store.read { db in
            try optOuts.entries(
                of: try domain(of: request, in: db), after: after, holding: digits, limit: limit + 1, db: db)
        }
        let page = entries.prefix(limit)
        return .json([
            "items": .array(page.map(\.json)), "next": JSON(entries.count > limit ? page.last?.remote : nil),
        ])
    }

    @Sendable func addOptOut(_ request: PluginRequest) async throws -> PluginResponse {
        let reason = try reason(of: request)
        try await context.store.write { db in
            let (remote, domain) = try subject(of: request, in: db)
            let change = OptOuts.Change(reason: reason, by: try name(of: request, in: db))
            guard try optOuts.add(remote, in: domain, word: "", ourNumber: nil, change, db: db) else { return }
            try outbox.cancelQueued(
                to: remote, in: domain, reason: "The recipient has asked for no more messages.", db: db)
        }
        return .done
    }

    @Sendable func removeOptOut(_ request: PluginRequest) async throws -> PluginResponse {
        try await remove(request, reason: nil)
    }

    @Sendable func removeOptOutWithReason(_ request: PluginRequest) async throws -> PluginResponse {
        guard let reason = try reason(of: request) else {
            throw PortalError(
                .invalid, id: "sms.reason-missing", "Write why messages to this number are allowed again.")
        }
        return try await remove(request, reason: reason)
    }

    private func remove(_ request: PluginRequest, reason: String?) async throws -> PluginResponse {
        try await context.store.write { db in
            let (remote, domain) = try subject(of: request, in: db)
            let change = OptOuts.Change(reason: reason, by: try name(of: request, in: db))
            guard try optOuts.remove(remote, in: domain, change, db: db) else { throw PortalError.notFound("opt-out") }
        }
        return .done
    }

    private func subject(of request: PluginRequest, in db: Database) throws -> (String, DomainID) {
        let domain = try domain(of: request, in: db)
        let region = try context.directory.domain(domain, in: db)?.region ?? "ZZ"
        return (try Remote.read(typed: request.parameters["remote"] ?? "", region: region), domain)
    }

    private func name(of request: PluginRequest, in db: Database) throws -> String? {
        let caller = try request.signedIn()
        return try context.directory.user(caller.user, of: caller.domain, in: db)?.fullName
    }

    private func reason(of request: PluginRequest) throws -> String? {
        guard !request.body.isEmpty else { return nil }
        let text = try request.json(Self.reasonBody)["reason"]?.string?.trimmingCharacters(in: .whitespacesAndNewlines)
        return text?.isEmpty == false ? text : nil
    }
}

extension OptOuts.Entry {
    fileprivate var json: JSON {
        [
            "remote": .string(remote), "ourNumber": JSON(ourNumber), "word": .string(word), "reason": JSON(reason),
            "addedBy": JSON(addedBy), "at": .string(Date(milliseconds: at).rfc3339),
        ]
    }
}
