import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/domains`: tenants, for those who administer them.
enum AdminDomainEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/domains", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            return .json(
                try await portal.store.read { db in
                    let found = try portal.directory.domains(page, administeredBy: caller, in: db)
                    let settings = DomainSettings(portal: portal)
                    return .page(try found.items.map { try settings.json(of: $0, in: db) }, next: found.next)
                })
        },
        .post("/admin/domains", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            try requireManagesDomains(caller)
            let new = NewDomain(
                id: DomainID(rawValue: request.body["id"]?.string ?? ""), name: request.body["name"]?.string ?? "",
                region: request.body["region"]?.string ?? "", timeZone: request.body["timeZone"]?.string ?? "",
                reseller: caller.scope == .superUser
                    ? request.body["resellerId"]?.string.map(DomainID.init(rawValue:)) : caller.domain)
            if caller.scope == .superUser, new.reseller != nil { try request.requireSystemAdmin() }
            return .json(
                try await portal.store.write { db in
                    let domain = try portal.directory.addDomain(new, in: db)
                    try portal.administrationNews.tell(.domains, of: domain.id, in: db)
                    return try DomainSettings(portal: portal).json(of: domain, in: db)
                },
                status: .created)
        },
        .get("/admin/domains/{domain}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            return .json(
                try await portal.store.read { db in
                    let domain = try portal.directory.administered(id, by: caller, in: db)
                    return try DomainSettings(portal: portal).json(of: domain, in: db)
                })
        },
        .patch("/admin/domains/{domain}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            var change = DomainChange()
            if let name = request.body["name"]?.string { change.name = .set(name) }
            if let region = request.body["region"]?.string { change.region = .set(region) }
            if let timeZone = request.body["timeZone"]?.string { change.timeZone = .set(timeZone) }
            if let minutes = request.body["claimMinutes"]?.int { change.claimMinutes = .set(minutes) }
            if request.body.mentions("resellerId") {
                try request.requireSystemAdmin()
                change.reseller = .set(request.body["resellerId"]?.string.map(DomainID.init(rawValue:)))
            }
            return .json(
                try await portal.store.write { [change] db in
                    _ = try portal.directory.administered(id, by: caller, in: db)
                    let settings = DomainSettings(portal: portal)
                    try settings.change(id, by: request.body, in: db)
                    try portal.administrationNews.tell(.domains, of: id, in: db)
                    return try settings.json(of: portal.directory.updateDomain(id, change, in: db), in: db)
                })
        },
        .delete("/admin/domains/{domain}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let users = try await portal.store.write { db in
                _ = try portal.directory.administered(id, by: caller, in: db)
                try requireManagesDomains(caller)
                guard id != caller.domain else {
                    throw PortalError(
                        .conflict, id: "directory.own-domain", "You can't remove the domain you belong to.")
                }
                for scope in try portal.directory.scopes(in: id, db: db) {
                    try portal.directory.requireMayGrant(scope, by: caller)
                }
                let users = try UserID.fetchAll(db, sql: "SELECT id FROM user WHERE domainId = ?", arguments: [id])
                // While it is still known who administers it.
                try portal.administrationNews.tell(.domains, of: id, in: db)
                try portal.directory.removeDomain(id, in: db)
                return users
            }
            for user in users { try await portal.sessions.accessChanged(of: user) }
            return .done
        },
    ]

    private static func requireManagesDomains(_ caller: Caller) throws(PortalError) {
        guard caller.scope.managesDomains else {
            throw PortalError(
                .forbidden, id: "directory.scope-too-low", "Only resellers and super-users make or remove domains.")
        }
    }
}

extension APIRequest {
    /// For what belongs to the system in a route of domains: a token must have been made for it too.
    ///
    /// - Throws: `PortalError.forbidden` (`permission.missing`).
    func requireSystemAdmin() throws(PortalError) {
        guard let identity else { throw PortalError(.unauthenticated, id: "session.required", "Sign in first.") }
        try server.authentication.require(.systemAdmin, of: identity)
    }
}
