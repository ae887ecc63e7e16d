import HTTPTypes
import Hummingbird
import PatchbayHost
import PatchbaySDK

/// Finds out who is asking, and whether they may.
struct Authentication: Sendable {
    let portal: Portal
    let origin: SameOrigin
    let embedding: CrossOrigin
    private static let meantUser = HTTPField.Name("Patchbay-User")!

    /// Lets a request in.
    ///
    /// - Returns: who it speaks for; on an endpoint for anybody that may be nobody.
    /// - Throws: `PortalError.unauthenticated` (`session.required`), `.forbidden` (`permission.missing`,
    ///   `request.cross-site`), `.conflict` (`session.other-user`).
    func admit(_ call: Call, to access: Endpoint.Access) async throws -> Identity? {
        let identity = try await identity(of: call)
        if let identity { try Self.requireMeant(identity.caller, by: call.request) }
        let isUnsafe = call.method != .get
        guard case .user(let permission) = access else {
            if access == .embedder {
                try embedding.admit(call.request)
            } else if isUnsafe {
                try origin.check(call.request, mustTell: false)
            }
            return identity
        }
        guard let identity else {
            throw PortalError(.unauthenticated, id: "session.required", "Sign in first.")
        }
        if isUnsafe, identity.proof == .cookie { try origin.check(call.request, mustTell: true) }
        try require(permission, of: identity)
        return identity
    }

    /// A page says for whom it was made: what one person wrote in it must not go out as another's who has signed in with
    /// the same browser since.
    ///
    /// - Throws: `PortalError.conflict` (`session.other-user`).
    private static func requireMeant(_ caller: Caller, by request: Request) throws(PortalError) {
        guard let meant = request.headers[meantUser], meant != caller.user.rawValue else { return }
        throw PortalError(
            .conflict, id: "session.other-user", "Somebody else has signed in with this browser. Load the page again.")
    }

    /// - Throws: `PortalError.forbidden` (`permission.missing`).
    func require(_ permission: Permission, of identity: Identity) throws(PortalError) {
        var isGranted = has(permission, identity.caller.scope)
        if case .token(let granted) = identity.proof { isGranted = isGranted && granted.contains(permission) }
        if identity.proof == .embedded { isGranted = isGranted && !Self.isAdministration(permission) }
        guard isGranted else {
            throw PortalError(
                .forbidden, id: "permission.missing", "You may not do that; it needs the permission \(permission).",
                details: ["permission": permission.rawValue])
        }
    }

    /// What a scope may do: the core's permissions, and those that running plugins declare.
    func has(_ permission: Permission, _ scope: Scope) -> Bool {
        switch permission {
        case .portal: scope != .noPortal
        case .domainAdmin: scope.managesDomain
        case .systemAdmin: scope == .superUser
        default: portal.plugins.permission(permission)?.contains(scope) ?? false
        }
    }

    /// Who the request speaks for; `nil` when it shows nothing that holds.
    func identity(of call: Call) async throws -> Identity? {
        if let bearer = Self.bearer(of: call.request) { return try await identity(bearer: bearer) }
        // An embedded page's bearer is no cookie: as one it would have more rights.
        guard let token = SessionCookie.token(of: call.request), !token.isEmpty, token.utf8.count <= 256,
            !token.hasPrefix(SessionStore.embeddedPrefix)
        else { return nil }
        guard let session = try await portal.sessions.caller(token: token) else { return nil }
        return Identity(caller: session.caller, session: session.id.rawValue, proof: .cookie)
    }

    /// What only the portal's own pages, or a token made for it, may do.
    static func isAdministration(_ permission: Permission) -> Bool {
        permission == .domainAdmin || permission == .systemAdmin
    }

    private func identity(bearer: String) async throws -> Identity {
        if bearer.hasPrefix(SessionStore.embeddedPrefix), bearer.utf8.count <= 256 {
            guard let session = try await portal.sessions.caller(token: bearer) else {
                throw PortalError(.unauthenticated, id: "session.required", "Sign in first.")
            }
            return Identity(caller: session.caller, session: session.id.rawValue, proof: .embedded)
        }
        guard bearer.utf8.count <= 256, let token = try await portal.tokens.caller(bearer: bearer) else {
            throw PortalError(.unauthenticated, id: "token.invalid", "The API token is not valid, or no longer.")
        }
        return Identity(caller: token.caller, session: token.id.rawValue, proof: .token(token.permissions))
    }

    private static func bearer(of request: Request) -> String? {
        guard let value = request.headers[.authorization] else { return nil }
        let sides = value.split(separator: " ", maxSplits: 1)
        guard sides.count == 2, sides[0].lowercased() == "bearer" else { return nil }
        return String(sides[1])
    }
}
