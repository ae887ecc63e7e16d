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
        let place = (request.query["cursor"] ?? "").split(separator: " ", omittingEmptySubsequences: false)
        let after = (remote: String(place.first ?? ""), through: place.count > 1 ? String(place[1]) : "")
        let digits = (request.query["query"] ?? "").filter { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty || (request.query["query"] ?? "").allSatisfy(\.isWhitespace) else {
            return .json(["items": [], "next": .null])
        }
        let (stops, home) = try await context.store.read { db in
            let domain = try domain(of: request, in: db)
            let stops = try optOuts.stops(of: domain, after: after, holding: digits, limit: limit + 1, db: db)
            return (stops, try region(of: domain, in: db))
        }
        let page = stops.prefix(limit)
        let next = stops.count > limit ? page.last.map { "\($0.entry.remote) \($0.through)" } : nil
        return .json(["items": .array(page.map { $0.json(for: home) }), "next": JSON(next)])
    }

    @Sendable func addOptOut(_ request: PluginRequest) async throws -> PluginResponse {
        let reason = try reason(of: request)
        try await context.store.write { db in
            let (remote, domain) = try subject(of: request, in: db)
            let evidence = OptOuts.Evidence.administrator(try name(of: request, in: db), reason: reason)
            guard try optOuts.stop(remote, in: domain, ourNumber: nil, by: evidence, db: db) else { return }
            try outbox.cancelQueued(
                to: remote, through: nil, in: domain, reason: OptOuts.reason, db: db)
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
            let evidence = OptOuts.Evidence.administrator(try name(of: request, in: db), reason: reason)
            guard try optOuts.start(remote, in: domain, ourNumber: nil, by: evidence, db: db) else {
                throw PortalError.notFound("opt-out")
            }
        }
        return .done
    }

    func subject(of request: PluginRequest, in db: Database) throws -> (String, DomainID) {
        let domain = try domain(of: request, in: db)
        let remote = try Remote.read(
            typed: request.parameters["remote"] ?? "", region: try region(of: domain, in: db))
        return (remote, domain)
    }

    /// Where the people of the domain are: how they write numbers.
    func region(of domain: DomainID, in db: Database) throws -> String {
        try context.directory.domain(domain, in: db)?.region ?? "ZZ"
    }

    func name(of request: PluginRequest, in db: Database) throws -> String? {
        let caller = try request.signedIn()
        return try context.directory.user(caller.user, of: caller.domain, in: db)?.fullName
    }

    private func reason(of request: PluginRequest) throws -> String? {
        guard !request.body.isEmpty else { return nil }
        let text = try request.json(Self.reasonBody)["reason"]?.string?.trimmingCharacters(in: .whitespacesAndNewlines)
        return text?.isEmpty == false ? text : nil
    }
}

extension OptOuts.Stop {
    fileprivate func json(for region: String) -> JSON {
        [
            "remote": .string(entry.remote), "formatted": .string(PhoneNumber.formatted(entry.remote, for: region)),
            "ourNumber": JSON(entry.ourNumber),
            "holdsForNumberOnly": .bool(through != ""), "word": .string(entry.word), "reason": JSON(entry.reason),
            "addedBy": JSON(entry.addedBy), "at": .string(Date(milliseconds: entry.at).rfc3339),
        ]
    }
}
