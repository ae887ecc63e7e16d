import Hummingbird
import PatchbayHost
import PatchbaySDK

/// What somebody does with their own account: sessions, password, API tokens.
enum AccountEndpoints {
    static let all: [Endpoint] = [
        .get("/sessions", .user(.portal)) { request in
            let sessions = try await request.portal.sessions.sessions(of: request.caller())
            let current = request.identity?.session
            return .json(try .page(sessions.map { $0.json(isCurrent: $0.id.rawValue == current) }, of: request))
        },
        .delete("/sessions/{id}", .user(.portal)) { request in
            try await request.portal.sessions.revoke(request.id("id"), of: request.caller())
            return .done
        },
        .put("/password", .user(.portal)) { request in
            let session = try await browserSession(of: request)
            try await request.portal.sessions.changePassword(
                of: session, from: request.body["current"]?.string ?? "", to: request.body["new"]?.string ?? "")
            return .done
        },
        .get("/tokens", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let tokens = try await portal.store.read { db in try portal.tokens.tokens(of: caller, in: db) }
            return .json(try .page(tokens.map { $0.json() }, of: request))
        },
        .post("/tokens", .user(.portal)) { request in
            // A token must not make another that outlives it.
            _ = try await browserSession(of: request)
            let portal = request.portal
            let caller = try request.caller()
            let wanted = (request.body["permissions"]?.array ?? []).compactMap(\.string)
            let held = SessionView(of: caller, proof: .cookie, request.server).permissions(portal.plugins.running)
            let expiry = try request.moment("expiresAt")
            let name = request.body["name"]?.string ?? ""
            let (secret, token) = try await portal.store.write { db in
                try portal.tokens.make(
                    name: name, permissions: Set(wanted.map(Permission.init(rawValue:))), heldBy: caller,
                    having: Set(held), expiresAt: expiry, in: db)
            }
            return .json(token.json(secret: secret), status: .created)
        },
        .delete("/tokens/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: TokenID = request.id("id")
            try await portal.store.write { db in try portal.tokens.revoke(id, of: caller, in: db) }
            portal.events.disconnect(session: id.rawValue)
            return .done
        },
    ]

    private static func browserSession(of request: APIRequest) async throws -> AuthenticatedSession {
        guard request.identity?.proof == .cookie, let token = SessionCookie.token(of: request.raw),
            let session = try await request.portal.sessions.caller(token: token)
        else {
            throw PortalError(
                .forbidden, id: "session.browser-only", "Sign in with your password to do that; an API token can't.")
        }
        return session
    }
}
