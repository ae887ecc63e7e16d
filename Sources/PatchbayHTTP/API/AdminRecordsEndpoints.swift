import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/domains/{domain}/retention` and `…/holds`: how long messages are kept.
enum AdminRecordsEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/domains/{domain}/retention", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            return .json(
                try await portal.store.read { db in
                    _ = try portal.directory.administered(id, by: caller, in: db)
                    return try rules(of: id, in: db)
                })
        },
        .put("/admin/domains/{domain}/retention", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let changed = request.body["rules"]?.array ?? []
            return .json(
                try await portal.store.write { db in
                    _ = try portal.directory.administered(id, by: caller, in: db)
                    // What isn't named stays: another administrator may have changed it meanwhile.
                    for rule in changed {
                        let kind = ChannelKind(rawValue: rule["kind"]?.string ?? "")
                        try RetentionRule.set(rule["days"]?.int, for: kind, of: id, in: db)
                    }
                    return try Self.rules(of: id, in: db)
                })
        },
        .get("/admin/domains/{domain}/holds", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let holds = try await portal.store.read { db in
                _ = try portal.directory.administered(id, by: caller, in: db)
                return try LegalHold.holds(of: id, in: db)
            }
            return .json(try .page(holds.map(json), of: request))
        },
        .post("/admin/domains/{domain}/holds", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let level = LegalHold.Level(rawValue: request.body["level"]?.string ?? "") ?? .domain
            let subject = request.body["subject"]?.string ?? ""
            let reason = request.body["reason"]?.string ?? ""
            return .json(
                try await portal.store.write { db in
                    _ = try portal.directory.administered(id, by: caller, in: db)
                    return json(
                        try LegalHold.place(
                            level, on: subject, of: id, reason: reason, by: caller.user, at: portal.clock.now, in: db))
                }, status: .created)
        },
        .delete("/admin/domains/{domain}/holds/{id}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let domain: DomainID = request.id("domain")
            let hold = request.parameters["id"] ?? ""
            try await portal.store.write { db in
                _ = try portal.directory.administered(domain, by: caller, in: db)
                try LegalHold.lift(hold, of: domain, in: db)
            }
            return .done
        },
    ]

    private static func rules(of domain: DomainID, in db: Database) throws -> JSON {
        let rules = try RetentionRule.rules(of: domain, in: db)
        return ["rules": .array(rules.map { ["kind": .string($0.kind.rawValue), "days": .int($0.days)] })]
    }

    private static func json(_ hold: LegalHold) -> JSON {
        [
            "id": .string(hold.id), "level": .string(hold.level.rawValue), "subject": .string(hold.subject),
            "reason": .string(hold.reason), "placedBy": .string(hold.placedBy.rawValue),
            "placedAt": .string(hold.placedAt.rfc3339),
        ]
    }
}
