import Foundation
import PatchbaySDK

/// The administrators' list of who wants no messages.
extension SMSRoutes {
    private static let reasonBody = Schema([
        "type": "object", "additionalProperties": false,
        "properties": ["reason": ["type": "string", "maxLength": 200]],
    ])
    private static let removalBody = Schema([
        "type": "object", "additionalProperties": false,
        "properties": [
            "reason": ["type": "string", "maxLength": 200],
            "ourNumber": ["type": ["string", "null"], "minLength": 1, "maxLength": 64],
        ],
    ])

    @Sendable func optOutList(_ request: PluginRequest) async throws -> PluginResponse {
        let limit = try Self.limit(of: request)
        let place = (request.query["cursor"] ?? "").split(separator: " ", omittingEmptySubsequences: false)
        let after = (remote: String(place.first ?? ""), through: place.count > 1 ? String(place[1]) : "")
        let typed = request.query["query"] ?? ""
        let dialled = typed.filter { $0.isASCII && $0.isNumber }
        guard !dialled.isEmpty || typed.allSatisfy(\.isWhitespace) else {
            return .json(["items": [], "next": .null])
        }
        // Zeros in front are for dialling: no number in E.164 has them.
        let digits = String(dialled.drop { $0 == "0" })
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
        let reason = try reason(in: body(of: request, Self.reasonBody))
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
        try await remove(request, ourNumber: request.query["ourNumber"], reason: nil)
    }

    @Sendable func removeOptOutWithReason(_ request: PluginRequest) async throws -> PluginResponse {
        let body = try body(of: request, Self.removalBody)
        guard let reason = reason(in: body) else {
            throw PortalError(
                .invalid, id: "sms.reason-missing", "Write why messages to this number are allowed again.")
        }
        return try await remove(request, ourNumber: body?["ourNumber"]?.string, reason: reason)
    }

    /// - Parameter typed: Our number of the one pair that is removed; `nil` for all of the customer's.
    private func remove(
        _ request: PluginRequest, ourNumber typed: String?, reason: String?
    ) async throws -> PluginResponse {
        try await context.store.write { db in
            let (remote, domain) = try subject(of: request, in: db)
            let home = try region(of: domain, in: db)
            let ourNumber = try typed.map { try PhoneNumber(typed: $0, region: home) }
            let evidence = OptOuts.Evidence.administrator(try name(of: request, in: db), reason: reason)
            let isRemoved = try optOuts.start(
                remote, in: domain, ourNumber: ourNumber, isPairOnly: true, by: evidence, db: db)
            guard isRemoved else { throw PortalError.notFound("opt-out") }
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

    private func body(of request: PluginRequest, _ schema: Schema) throws -> JSON? {
        request.body.isEmpty ? nil : try request.json(schema)
    }

    private func reason(in body: JSON?) -> String? {
        let text = body?["reason"]?.string?.trimmingCharacters(in: .whitespacesAndNewlines)
        return text?.isEmpty == false ? text : nil
    }
}

extension OptOuts.Stop {
    fileprivate func json(for region: String) -> JSON {
        [
            "remote": .string(entry.remote), "formatted": .string(PhoneNumber.formatted(entry.remote, for: region)),
            "ourNumber": JSON(entry.ourNumber),
            "ourNumberFormatted": JSON(entry.ourNumber.map { PhoneNumber.formatted($0, for: region) }),
            "holdsForNumberOnly": .bool(through != ""), "word": .string(entry.word), "reason": JSON(entry.reason),
            "addedBy": JSON(entry.addedBy), "at": .string(Date(milliseconds: entry.at).rfc3339),
        ]
    }
}
