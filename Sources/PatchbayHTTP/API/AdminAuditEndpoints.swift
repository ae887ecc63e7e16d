import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/audit`: who did what.
enum AdminAuditEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/audit", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            var filter = AuditLog.Filter()
            filter.domain = request.query["domain"]?.string.map(DomainID.init(rawValue:))
            // Only who sees every domain sees what concerns none.
            if filter.domain == nil, caller.scope != .superUser { filter.domain = caller.domain }
            filter.person = request.query["who"]?.string
            filter.action = request.query["action"]?.string
            filter.from = try request.queriedMoment("from")
            filter.to = try request.queriedMoment("to")
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            return .json(
                try await portal.store.read { [filter] db in
                    if let domain = filter.domain { _ = try portal.directory.administered(domain, by: caller, in: db) }
                    let found = try AuditLog.entries(filter, page, in: db)
                    return .page(try found.items.map { try json(of: $0, portal, in: db) }, next: found.next)
                })
        }
    ]

    private static func json(of entry: AuditEntry, _ portal: Portal, in db: Database) throws -> JSON {
        let actor = try name(of: entry.actor.id, portal, in: db)
        let details = (try? JSON(parsing: Array(entry.details.utf8))) ?? [:]
        return [
            "sequence": .int(entry.sequence), "at": .string(entry.at.rfc3339),
            "actorKind": .string(entry.actor.kind.rawValue), "actor": .string(entry.actor.id),
            "actorName": JSON(actor), "domain": JSON(entry.domain?.rawValue), "action": .string(entry.action),
            "subject": .string(entry.subject), "subjectName": JSON(try subjectName(of: entry, details, portal, in: db)),
            "details": details, "hash": .string(entry.hash),
        ]
    }

    /// What the user is called whom it was done to: they may be one of several names, or stand in the body.
    private static func subjectName(
        of entry: AuditEntry, _ details: JSON, _ portal: Portal, in db: Database
    ) throws -> String? {
        let named = entry.subject.split(separator: " ").map(String.init)
        for id in named + ["subject", "user", "userId"].compactMap({ details[$0]?.string }) {
            if let name = try name(of: id, portal, in: db) { return name }
        }
        return nil
    }

    /// What the user is called now; `nil` for what is no user, or none any more.
    private static func name(of id: String, _ portal: Portal, in db: Database) throws -> String? {
        try portal.directory.find(UserID(rawValue: id), in: db)?.fullName
    }
}
