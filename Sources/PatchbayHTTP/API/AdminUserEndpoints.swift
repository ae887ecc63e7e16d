import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/…/users`: the people of a domain.
enum AdminUserEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/domains/{domain}/users", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            let query = request.query["query"]?.string ?? ""
            return .json(
                try await portal.store.read { db in
                    let domain = try portal.directory.administered(id, by: caller, in: db)
                    let found = try portal.directory.users(
                        of: id, matching: query, includingDisabled: true, page, in: db)
                    let view = UserView(portal: portal, region: domain.region)
                    return .page(try found.items.map { try view.json(of: $0, in: db) }, next: found.next)
                })
        },
        .post("/admin/domains/{domain}/users", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let body = request.body
            let scope = try scope(body["scope"]) ?? .basicUser
            try portal.directory.requireMayGrant(scope, by: caller)
            // Checked first: hashing is dear, and nobody's domain but the caller's is worth it.
            try await portal.store.read { db in _ = try portal.directory.administered(id, by: caller, in: db) }
            var hash: String?
            if let password = body["password"]?.string {
                try Passwords.requireAcceptable(password)
                hash = try await portal.passwords.hash(password)
            }
            let new = NewUser(
                extension: body["extension"]?.string ?? "", fullName: body["name"]?.string ?? "",
                email: body["email"]?.string, scope: scope, passwordHash: hash)
            return .json(
                try await portal.store.write { db in
                    let domain = try portal.directory.administered(id, by: caller, in: db)
                    let user = try portal.directory.addUser(new, to: id, in: db)
                    try portal.administrationNews.tell(.users, of: id, in: db)
                    return try UserView(portal: portal, region: domain.region).json(of: user, in: db)
                }, status: .created)
        },
        .get("/admin/users/{id}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: UserID = request.id("id")
            return .json(
                try await portal.store.read { db in
                    guard let user = try portal.directory.find(id, in: db),
                        try portal.directory.mayAdminister(caller, user.domain, in: db)
                    else { throw PortalError.notFound("user") }
                    let domain = try portal.directory.known(user.domain, in: db)
                    return try UserView(portal: portal, region: domain.region).json(of: user, in: db)
                })
        },
        .patch("/admin/users/{id}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: UserID = request.id("id")
            let change = try change(from: request.body)
            if case .set(let scope) = change.scope { try portal.directory.requireMayGrant(scope, by: caller) }
            if id == caller.user { try requireKeepsAccess(change, of: caller) }
            if let password = request.body["password"]?.string { try Passwords.requireAcceptable(password) }
            let user = try await portal.store.write { db in
                let former = try portal.directory.administered(id, by: caller, in: db)
                let user = try portal.directory.updateUser(id, of: former.domain, change, in: db)
                try portal.administrationNews.tell(.users, of: user.domain, in: db)
                if user.scope != former.scope {
                    // What they may see has changed with it.
                    try portal.events.publish(
                        Event("feature.changed", in: user.domain, to: .users([id]), [:]), in: db)
                }
                return user
            }
            if let password = request.body["password"]?.string {
                try await portal.sessions.setPassword(of: id, in: user.domain, to: password)
            }
            try await accessChanged(of: user, portal)
            return .json(
                try await portal.store.read { db in
                    let domain = try portal.directory.known(user.domain, in: db)
                    return try UserView(portal: portal, region: domain.region)
                        .json(of: portal.directory.known(id, of: user.domain, in: db), in: db)
                })
        },
        .delete("/admin/users/{id}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: UserID = request.id("id")
            guard id != caller.user else {
                throw PortalError(.conflict, id: "directory.own-user", "You can't remove yourself.")
            }
            let tokens = try await portal.store.write { db in
                let user = try portal.directory.administered(id, by: caller, in: db)
                let tokens = try portal.tokens.tokens(of: user.caller, in: db)
                try portal.directory.removeUser(id, of: user.domain, in: db)
                try portal.administrationNews.tell(.users, of: user.domain, in: db)
                return tokens
            }
            try await portal.sessions.accessChanged(of: id)
            for token in tokens { portal.events.disconnect(session: token.id.rawValue) }
            return .done
        },
        .delete("/admin/users/{id}/sessions", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: UserID = request.id("id")
            try await portal.store.read { db in _ = try portal.directory.administered(id, by: caller, in: db) }
            try await portal.sessions.endAll(of: id)
            return .done
        },
        .get("/admin/users/{id}/gates", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: UserID = request.id("id")
            let items = try await portal.store.read { db in
                guard let user = try portal.directory.find(id, in: db),
                    try portal.directory.mayAdminister(caller, user.domain, in: db)
                else { throw PortalError.notFound("user") }
                return try UserView.gates(of: user, portal, in: db)
            }
            return .json(try .page(items, of: request))
        },
    ]

    /// Nobody locks themselves out: there might be nobody left who can let them in again.
    private static func requireKeepsAccess(_ change: UserChange, of caller: Caller) throws(PortalError) {
        let keepsScope = change.scope == .keep || change.scope == .set(caller.scope)
        guard keepsScope, change.isEnabled != .set(false) else {
            throw PortalError(
                .conflict, id: "directory.own-user",
                "You can't disable yourself or change your own scope. Ask another administrator.")
        }
    }

    /// Ends at once what a disabled user, or one with another scope, had open.
    static func accessChanged(of user: User, _ portal: Portal) async throws {
        try await portal.sessions.accessChanged(of: user.id)
        guard !user.isEnabled else { return }
        let tokens = try await portal.store.read { db in try portal.tokens.tokens(of: user.caller, in: db) }
        for token in tokens { portal.events.disconnect(session: token.id.rawValue) }
    }

    private static func change(from body: JSON) throws(PortalError) -> UserChange {
        var change = UserChange()
        if let number = body["extension"]?.string { change.extension = .set(number) }
        if let name = body["name"]?.string { change.fullName = .set(name) }
        if body.mentions("email") { change.email = .set(body["email"]?.string) }
        if let scope = try scope(body["scope"]) { change.scope = .set(scope) }
        if let isEnabled = body["isEnabled"]?.bool { change.isEnabled = .set(isEnabled) }
        return change
    }

    private static func scope(_ value: JSON?) throws(PortalError) -> Scope? {
        guard let text = value?.string else { return nil }
        guard let scope = Scope(rawValue: text) else {
            throw PortalError(.invalid, id: "body.invalid", "There is no scope \(text).", details: ["place": "/scope"])
        }
        return scope
    }
}
