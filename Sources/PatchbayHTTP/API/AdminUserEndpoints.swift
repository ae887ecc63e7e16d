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
                    _ = try portal.directory.administered(id, by: caller, in: db)
                    let found = try portal.directory.users(
                        of: id, matching: query, includingDisabled: true, page, in: db)
                    return .page(found.items.map(\.adminJSON), next: found.next)
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
                    _ = try portal.directory.administered(id, by: caller, in: db)
                    return try portal.directory.addUser(new, to: id, in: db).adminJSON
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
                    return user.adminJSON
                })
        },
        .patch("/admin/users/{id}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: UserID = request.id("id")
            let change = try change(from: request.body)
            if case .set(let scope) = change.scope { try portal.directory.requireMayGrant(scope, by: caller) }
            if let password = request.body["password"]?.string { try Passwords.requireAcceptable(password) }
            let user = try await portal.store.write { db in
                let user = try portal.directory.administered(id, by: caller, in: db)
                return try portal.directory.updateUser(id, of: user.domain, change, in: db)
            }
            if let password = request.body["password"]?.string {
                try await portal.sessions.setPassword(of: id, in: user.domain, to: password)
            }
            try await accessChanged(of: user, portal)
            return .json(
                try await portal.store.read { db in
                    try portal.directory.known(id, of: user.domain, in: db).adminJSON
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
                return tokens
            }
            try await portal.sessions.accessChanged(of: id)
            for token in tokens { portal.events.disconnect(session: token.id.rawValue) }
            return .done
        },
        .get("/admin/users/{id}/gates", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: UserID = request.id("id")
            let plugins = portal.plugins.running.filter { $0.description.gates != nil }
            let items = try await portal.store.read { db in
                guard let user = try portal.directory.find(id, in: db),
                    try portal.directory.mayAdminister(caller, user.domain, in: db)
                else { throw PortalError.notFound("user") }
                return try plugins.map { try gates(of: $0.id, for: user, portal, in: db) }
            }
            return .json(try .page(items, of: request))
        },
    ]

    private static func gates(of plugin: PluginID, for user: User, _ portal: Portal, in db: Database) throws -> JSON {
        let closed = try portal.gates.closedGate(plugin, for: user.caller, in: db)
        let levels = try portal.gates.states(of: plugin, for: user.caller, in: db).map { state -> JSON in
            let subject: String? =
                switch state.level {
                case .system: "system"
                case .domain: user.domain.rawValue
                case .user: user.id.rawValue
                case .plugin, .number: nil
                }
            return [
                "level": .string(state.level.rawValue), "subject": JSON(subject), "isOn": .bool(state.isOpen),
                "isExplicit": .bool(state.isExplicit),
            ]
        }
        var members = GateJSON.feature(closed).object ?? [:]
        members["plugin"] = .string(plugin.rawValue)
        members["levels"] = .array(levels)
        return .object(members)
    }

    /// Ends at once what a disabled user, or one with another scope, had open.
    private static func accessChanged(of user: User, _ portal: Portal) async throws {
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
