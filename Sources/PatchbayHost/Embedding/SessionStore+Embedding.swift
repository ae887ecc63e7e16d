import Foundation
import PatchbaySDK

/// Sessions inside another portal's page. Browsers keep no cookie of ours there, so the page holds a bearer.
extension SessionStore {
    /// What every bearer of an embedded page begins with; a cookie never does.
    public static let embeddedPrefix = "pbe_"
    /// How long such a session lives unless it is renewed.
    static let embeddedLife: TimeInterval = 15 * 60
    /// How long it can be renewed.
    static let embeddedLimit: TimeInterval = 12 * 3600

    /// Signs in whom another portal vouches for. Its token is good once, even over a restart.
    ///
    /// - Throws: `PortalError` `embed.token-used`, `embed.token-invalid` (401, also for a user who isn't there, is
    ///   disabled, or isn't the issuer's to vouch for), `session.no-portal` (403).
    public func signIn(
        embedded token: EmbedToken, address: String, userAgent: String
    ) async throws -> SignedIn {
        let now = clock.now
        let secret = Secret(prefix: Self.embeddedPrefix)
        let id = SessionID(at: now)
        return try await store.write { [directory] db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO embedToken (issuer, id, expiresAt) VALUES (?, ?, ?)",
                arguments: [
                    token.issuer, token.id, token.expiresAt.addingTimeInterval(EmbedToken.leeway).milliseconds,
                ])
            guard db.changesCount == 1 else {
                throw EmbedToken.refusal("embed.token-used", "This sign-in was used already. Load the page anew.")
            }
            guard let user = try directory.user(login: token.login, in: db), user.isEnabled,
                token.domains?.contains(user.domain) ?? true
            else { throw EmbedToken.invalid }
            guard user.scope != .noPortal else {
                throw PortalError(
                    .forbidden, id: "session.no-portal",
                    "This user has no access to the portal. Ask your administrator.")
            }
            let session = Session(
                id: id, user: user.id, domain: user.domain, createdAt: now,
                expiresAt: now.addingTimeInterval(Self.embeddedLife), userAgent: String(userAgent.prefix(400)),
                address: String(address.prefix(64)))
            try Self.insert(session, hash: secret.hash, in: db)
            return SignedIn(token: secret.token, session: session, caller: user.caller)
        }
    }

    /// Lets an embedded session live on.
    ///
    /// - Returns: when it ends unless it is renewed again: at most twelve hours after it began.
    /// - Throws: `PortalError.unauthenticated` (`session.required`) when it has ended.
    public func renewEmbedded(_ id: SessionID, of caller: Caller) async throws -> Date {
        let now = clock.now
        let moment = try await store.write { db in
            try Int.fetchOne(
                db,
                sql: """
                    UPDATE session SET lastSeenAt = ?1, expiresAt = min(?1 + ?2, createdAt + ?3)
                    WHERE domainId = ?4 AND userId = ?5 AND id = ?6 AND expiresAt > ?1 RETURNING expiresAt
                    """,
                arguments: [
                    now.milliseconds, Int(Self.embeddedLife * 1000), Int(Self.embeddedLimit * 1000), caller.domain,
                    caller.user, id,
                ])
        }
        guard let moment else { throw PortalError(.unauthenticated, id: "session.required", "Sign in first.") }
        cache.doubt([id])
        return Date(milliseconds: moment)
    }

    /// Forgets tokens that would be refused for their age anyway.
    func pruneEmbedTokens() async throws {
        let now = clock.now.milliseconds
        try await store.write { db in
            try db.execute(sql: "DELETE FROM embedToken WHERE expiresAt <= ?", arguments: [now])
        }
    }
}
