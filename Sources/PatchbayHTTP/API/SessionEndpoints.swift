import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/session`: signing in and out, and all that the page needs to know of who is signed in.
enum SessionEndpoints {
    static let all: [Endpoint] = [
        .post("/session", .anyone) { request in
            let services = request.server
            let signedIn = try await request.portal.sessions.signIn(
                login: request.body["login"]?.string ?? "", password: request.body["password"]?.string ?? "",
                address: request.address, userAgent: request.raw.headers[.userAgent] ?? "",
                replacing: SessionCookie.token(of: request.raw))
            var response = Response.json(
                try await SessionView(of: signedIn.caller, proof: .cookie, services).json(), status: .created)
            response.headers[.setCookie] = SessionCookie.granting(
                signedIn.token, isSecure: services.settings.isReachedByTLS)
            return response
        },
        .get("/session", .user(.portal)) { request in
            let proof = request.identity?.proof ?? .cookie
            return .json(try await SessionView(of: request.caller(), proof: proof, request.server).json())
        },
        .delete("/session", .user(.portal)) { request in
            guard let identity = request.identity, identity.proof == .cookie || identity.proof == .embedded else {
                throw PortalError(
                    .invalid, id: "session.not-a-session", "An API token doesn't sign out; revoke it under /tokens.")
            }
            try await request.portal.sessions.revoke(SessionID(rawValue: identity.session), of: identity.caller)
            var response = Response.done
            response.headers[.setCookie] = SessionCookie.withdrawing(
                isSecure: request.server.settings.isReachedByTLS)
            return response
        },
    ]
}

/// What the page gets to know of the one who is signed in.
struct SessionView: Sendable {
    let caller: Caller
    let proof: Identity.Proof
    let services: PortalServices

    init(of caller: Caller, proof: Identity.Proof, _ services: PortalServices) {
        self.caller = caller
        self.proof = proof
        self.services = services
    }

    func json() async throws -> JSON {
        let portal = services.portal
        let running = portal.plugins.running
        let calls = CallsAllowed(portal: portal)
        let missing = try await calls.permission(of: caller)
        return try await portal.store.read { db in
            let user = try portal.directory.known(caller.user, of: caller.domain, in: db)
            let domain = try portal.directory.known(caller.domain, in: db)
            let permissions = permissions(running)
            var features: [String: JSON] = [:]
            var slots: [JSON] = []
            for plugin in running {
                let closed = try portal.gates.closedGate(plugin.id, for: caller, in: db)
                if plugin.description.gates != nil {
                    features[plugin.id.rawValue] = GateJSON.feature(closed)
                }
                // Its elements are gone where the feature is, but for those that administrators switch it on with.
                slots += plugin.description.slots.filter { closed == nil || $0.slot.hasPrefix("admin.") }
                    .filter { $0.permission.map(permissions.contains) ?? true }
                    .map { Self.json(of: $0, plugin: plugin.id) }
            }
            let numbers = try portal.numbers.assigned(to: caller.user, with: .sms, in: db)
            return [
                "user": user.ownJSON, "domain": domain.briefJSON, "features": .object(features),
                "numbers": .array(numbers.map { $0.json(region: domain.region) }),
                "eventsUpTo": .string(try portal.events.position(in: db).description),
                "unread": .int(try portal.messaging.unreadConversations(of: caller, in: db)),
                "permissions": .array(permissions.map { .string($0.rawValue) }), "slots": .array(slots),
                "calls": try calls.json(for: caller, missing: missing, in: db),
                "preferences": try portal.preferences.preferences(of: caller, in: db).json,
                "limits": [
                    "text": .int(Messaging.mostCharacters), "attachment": .int(RequestLimit.attachmentInBytes),
                ],
            ]
        }
    }

    /// What the caller may do here, in order.
    func permissions(_ running: [RunningPlugin]) -> [Permission] {
        let known =
            [.portal, .placeCalls, .domainAdmin, .systemAdmin]
            + running.flatMap { $0.description.permissions.map(\.id) }
        let granted = known.filter { services.authentication.has($0, caller.scope) }
        switch proof {
        case .cookie: return granted
        case .embedded: return granted.filter { !Authentication.isAdministration($0) }
        case .token(let narrowed): return granted.filter(narrowed.contains)
        }
    }

    private static func json(of slot: PluginDescription.Slot, plugin: PluginID) -> JSON {
        [
            "slot": .string(slot.slot), "plugin": .string(plugin.rawValue),
            "module": .string("/plugins/\(plugin)/\(slot.module)"), "element": .string(slot.element),
        ]
    }
}

/// Gates, as the API shows them.
enum GateJSON {
    static func feature(_ closed: ClosedGate?) -> JSON {
        [
            "isOpen": .bool(closed == nil), "closedGate": JSON(closed?.level.rawValue),
            "id": JSON(closed?.error.id), "reason": JSON(closed?.error.message),
        ]
    }
}
