import Foundation
import PatchbaySDK

/// What a `TokenID` names.
public enum TokenKind {}
/// A key of an API client.
public typealias TokenID = Identifier<TokenKind>

/// A key of an API client, without its secret.
public struct APIToken: Sendable, Equatable {
    /// The token's id; it isn't the secret.
    public let id: TokenID
    /// Whose rights it carries.
    public let user: UserID
    /// The user's domain.
    public let domain: DomainID
    /// What its owner calls it, such as “Nightly import”.
    public let name: String
    /// What it may be used for; it can't do more than its user.
    public let permissions: Set<Permission>
    /// When it was made.
    public let createdAt: Date
    /// When it ends: every token does, so that a forgotten one is no hole for ever.
    public let expiresAt: Date
    /// Within a minute.
    public let lastUsedAt: Date?

    init(_ row: Row) throws {
        id = row["id"]
        user = row["userId"]
        domain = row["domainId"]
        name = row["name"]
        let names = try JSON(parsing: row["permissions"] as String).array ?? []
        permissions = Set(names.compactMap(\.string).map(Permission.init(rawValue:)))
        createdAt = Date(milliseconds: row["createdAt"])
        expiresAt = Date(milliseconds: row["expiresAt"])
        lastUsedAt = (row["lastUsedAt"] as Int?).map { Date(milliseconds: $0) }
    }
}

/// Who a request's bearer token belongs to, and what it may be used for.
public struct AuthenticatedToken: Sendable, Equatable {
    /// The token that the request showed.
    public let id: TokenID
    /// The user whose rights it carries.
    public let caller: Caller
    /// What it was made for; the user's own permissions narrow it further.
    public let permissions: Set<Permission>
}

/// The keys of API clients.
public struct TokenStore: Sendable {
    /// How long a token lives when nothing else is asked for: a year.
    public static let usualLife: TimeInterval = 365 * 86_400
    static let mostPerUser = 50
    private static let columns = """
        apiToken.id, apiToken.userId, apiToken.domainId, apiToken.name, apiToken.permissions, apiToken.createdAt,
        apiToken.expiresAt, apiToken.lastUsedAt
        """

    private let store: any Store
    private let clock: any PortalClock

    /// Makes the keeper of the tokens in `store`.
    public init(store: any Store, clock: any PortalClock) {
        self.store = store
        self.clock = clock
    }

    /// Makes a token of `caller`. The secret is shown this once.
    ///
    /// - Parameters:
    ///   - permissions: At least one, and only such as `held`.
    ///   - held: What the caller has.
    ///   - expiresAt: In the future; `nil` for a year from now.
    /// - Throws: `PortalError` `token.name-invalid`, `token.permission-not-held`, `token.expiry-past`, `token.too-many`.
    public func make(
        name: String, permissions: Set<Permission>, heldBy caller: Caller, having held: Set<Permission>,
        expiresAt: Date?, in db: Database
    ) throws -> (secret: String, token: APIToken) {
        let now = clock.now
        let expiry = expiresAt ?? now.addingTimeInterval(Self.usualLife)
        let name = try DirectoryRules.line(
            name, limit: 100, id: "token.name-invalid", "A token's name has 1 to 100 characters on one line.")
        guard !permissions.isEmpty, permissions.isSubset(of: held) else {
            throw PortalError(
                .invalid, id: "token.permission-not-held",
                "A token can have some of your own permissions, and needs one.")
        }
        guard expiry > now else {
            throw PortalError(.invalid, id: "token.expiry-past", "The token would be over already; choose a later day.")
        }
        let count = try Int.fetchOne(
            db, sql: "SELECT COUNT(*) FROM apiToken WHERE userId = ?", arguments: [caller.user])
        guard count ?? 0 < Self.mostPerUser else {
            throw PortalError(.conflict, id: "token.too-many", "You have \(Self.mostPerUser) tokens; revoke one first.")
        }
        let secret = Secret(prefix: "pb_")
        let id = TokenID(at: now)
        let names = JSON.array(permissions.map(\.rawValue).sorted().map { .string($0) }).text
        try db.execute(
            sql: """
                INSERT INTO apiToken (id, tokenHash, userId, domainId, name, permissions, createdAt, expiresAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, secret.hash, caller.user, caller.domain, name, names, now.milliseconds, expiry.milliseconds,
            ])
        let row = try Row.fetchOne(db, sql: "SELECT \(Self.columns) FROM apiToken WHERE id = ?", arguments: [id])
        guard let row else { throw PortalError.notFound("token") }
        return (secret.token, try APIToken(row))
    }

    /// The tokens of `caller`, the newest first, those that have run out included.
    public func tokens(of caller: Caller, in db: Database) throws -> [APIToken] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT \(Self.columns) FROM apiToken WHERE domainId = ? AND userId = ? ORDER BY id DESC",
            arguments: [caller.domain, caller.user])
        return try rows.map(APIToken.init)
    }

    /// Ends a token.
    ///
    /// - Throws: `PortalError.notFound` for a token that isn't the caller's.
    public func revoke(_ id: TokenID, of caller: Caller, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM apiToken WHERE domainId = ? AND userId = ? AND id = ?",
            arguments: [caller.domain, caller.user, id])
        guard db.changesCount > 0 else { throw PortalError.notFound("token") }
    }

    /// Which of `ids`, of sessions and tokens that somebody came in with, have ended or run out.
    public func ended(among ids: [String], in db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT value FROM json_each(?1)
                WHERE value NOT IN (SELECT id FROM session)
                    AND value NOT IN (SELECT apiToken.id FROM apiToken JOIN user ON user.id = apiToken.userId
                        WHERE expiresAt > ?2 AND isEnabled = 1 AND scope <> 'no-portal')
                """, arguments: [JSON.array(ids.map { .string($0) }).text, clock.now.milliseconds])
    }

    /// Whose token `secret` is; `nil` when it has ended or never was, and when its user is disabled.
    public func caller(bearer secret: String) async throws -> AuthenticatedToken? {
        guard secret.hasPrefix("pb_") else { return nil }
        let now = clock.now
        let hash = Secret.hash(of: secret)
        let found = try await store.read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(Self.columns), user.scope FROM apiToken JOIN user ON user.id = apiToken.userId
                    WHERE tokenHash = ? AND expiresAt > ? AND isEnabled = 1
                    """)
            return try Row.fetchOne(statement, arguments: [hash, now.milliseconds])
                .map { (try APIToken($0), Scope(rawValue: $0["scope"]) ?? .noPortal) }
        }
        guard let (token, scope) = found, scope != .noPortal else { return nil }
        if now.timeIntervalSince(token.lastUsedAt ?? .distantPast) >= 60 { try await noteUse(of: token.id, at: now) }
        let caller = Caller(user: token.user, domain: token.domain, scope: scope)
        return AuthenticatedToken(id: token.id, caller: caller, permissions: token.permissions)
    }

    private func noteUse(of token: TokenID, at now: Date) async throws {
        do {
            try await store.write { db in
                try db.execute(
                    sql: "UPDATE apiToken SET lastUsedAt = ? WHERE id = ?", arguments: [now.milliseconds, token])
            }
        } catch let error as PortalError where error.status == 503 {
            // A full disk must not keep clients from reading.
        }
    }
}
