import Foundation
import PatchbaySDK

/// Signed-in browsers: who they are, how they sign in, and how it ends.
///
/// A session ends after 7 days without use, after 30 days in any case, when it is revoked, when the user's password
/// changes and when the user is disabled or removed.
public final class SessionStore: Sendable {
    static let idleLimit: TimeInterval = 7 * 86_400
    static let absoluteLimit: TimeInterval = 30 * 86_400

    let store: any Store
    let clock: any PortalClock
    let directory: DirectoryStore
    let passwords: Passwords
    let throttle = SignInThrottle()
    let cache = SessionCache()
    private let onRevoked: @Sendable (SessionID) -> Void

    /// - Parameter onRevoked: Told of every session that has ended, after it has; cut its event streams there.
    public init(
        store: any Store, clock: any PortalClock, directory: DirectoryStore, passwords: Passwords,
        onRevoked: @escaping @Sendable (SessionID) -> Void
    ) {
        self.store = store
        self.clock = clock
        self.directory = directory
        self.passwords = passwords
        self.onRevoked = onRevoked
    }

    /// Whose cookie `token` is; `nil` when the session has ended or never was.
    public func caller(token: String) async throws -> AuthenticatedSession? {
        let now = clock.now
        let hash = Secret.hash(of: token)
        if let session = cache.session(hash: hash, at: now) { return session }
        let generation = cache.generation
        guard let (session, lastSeenAt) = try await store.read({ db in try Self.verified(hash, at: now, in: db) })
        else {
            return nil
        }
        if now.timeIntervalSince(lastSeenAt) >= 60 { try await noteUse(of: session, at: now) }
        cache.keep(session, hash: hash, at: now, generation: generation)
        return session
    }

    /// The sessions of `caller`, the one used last first.
    public func sessions(of caller: Caller) async throws -> [Session] {
        let now = clock.now
        return try await store.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(Session.columns) FROM session
                    WHERE domainId = ? AND userId = ? AND expiresAt > ? AND lastSeenAt > ?
                    ORDER BY lastSeenAt DESC, id DESC
                    """,
                arguments: [caller.domain, caller.user, now.milliseconds, Self.idleStart(at: now)])
            return rows.map(Session.init)
        }
    }

    /// Ends one of the caller's sessions: signing out, or signing out elsewhere.
    ///
    /// - Throws: `PortalError.notFound` for a session that isn't the caller's.
    public func revoke(_ id: SessionID, of caller: Caller) async throws {
        let isGone = try await store.write { db in
            try db.execute(
                sql: "DELETE FROM session WHERE domainId = ? AND userId = ? AND id = ?",
                arguments: [caller.domain, caller.user, id])
            return db.changesCount > 0
        }
        guard isGone else { throw PortalError.notFound("session") }
        end([id])
    }

    /// Ends at once what `user`, having been disabled, removed or given another scope, may not go on with.
    ///
    /// Call it after the transaction that changed the user.
    public func accessChanged(of user: UserID) async throws {
        let known = cache.known(of: user)
        // A scope that has changed must not live on in the cache of a session that goes on.
        cache.doubt(known)
        try await recheck(known)
    }

    /// Signs the user out wherever they are signed in. Their API tokens stay.
    public func endAll(of user: UserID) async throws {
        try await store.write { db in
            try db.execute(sql: "DELETE FROM session WHERE userId = ?", arguments: [user])
        }
        try await accessChanged(of: user)
    }

    /// Ends the sessions that have run out or that another program, such as the command line, has ended.
    ///
    /// The host calls it every few seconds; it costs one query.
    public func recheckAll() async throws { try await recheck(cache.known(of: nil)) }

    /// Deletes what has run out long ago. The host calls it now and then.
    public func prune() async throws {
        let now = clock.now
        try await store.write { db in
            try db.execute(
                sql: "DELETE FROM session WHERE expiresAt <= ? OR lastSeenAt <= ?",
                arguments: [now.milliseconds, Self.idleStart(at: now)])
            try db.execute(
                sql: "DELETE FROM signInAddress WHERE lastAt <= ?",
                arguments: [now.addingTimeInterval(-Self.absoluteLimit).milliseconds])
            try db.execute(sql: "DELETE FROM apiToken WHERE expiresAt <= ?", arguments: [now.milliseconds])
        }
    }

    /// Forgets sessions that have been deleted, and cuts what hangs on them.
    func end(_ sessions: [SessionID]) {
        cache.forget(sessions)
        for session in sessions { onRevoked(session) }
    }

    static func idleStart(at now: Date) -> Int { now.addingTimeInterval(-idleLimit).milliseconds }

    private func recheck(_ known: [SessionID]) async throws {
        guard !known.isEmpty else { return }
        let now = clock.now
        let ids = JSON.array(known.map { .string($0.rawValue) }).text
        let alive = try await store.read { db in
            try SessionID.fetchSet(
                db,
                sql: """
                    SELECT session.id FROM session JOIN user ON user.id = session.userId
                    WHERE session.id IN (SELECT value FROM json_each(?))
                        AND expiresAt > ? AND session.lastSeenAt > ? AND isEnabled = 1 AND scope <> 'no-portal'
                    """,
                arguments: [ids, now.milliseconds, Self.idleStart(at: now)])
        }
        end(known.filter { !alive.contains($0) })
    }

    private static func verified(
        _ hash: String, at now: Date, in db: Database
    ) throws -> (session: AuthenticatedSession, lastSeenAt: Date)? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT session.id, session.userId, session.domainId, session.expiresAt, session.lastSeenAt, user.scope
                FROM session JOIN user ON user.id = session.userId
                WHERE tokenHash = ? AND expiresAt > ? AND session.lastSeenAt > ? AND isEnabled = 1
                    AND scope <> 'no-portal'
                """)
        let row = try Row.fetchOne(statement, arguments: [hash, now.milliseconds, idleStart(at: now)])
        guard let row else { return nil }
        let scope = Scope(rawValue: row["scope"]) ?? .noPortal
        let caller = Caller(user: row["userId"], domain: row["domainId"], scope: scope)
        let session = AuthenticatedSession(
            id: row["id"], caller: caller, expiresAt: Date(milliseconds: row["expiresAt"]))
        return (session, Date(milliseconds: row["lastSeenAt"]))
    }

    private func noteUse(of session: AuthenticatedSession, at now: Date) async throws {
        do {
            try await store.write { db in
                try db.execute(
                    sql: "UPDATE session SET lastSeenAt = ? WHERE id = ?", arguments: [now.milliseconds, session.id])
                try db.execute(
                    sql: "UPDATE user SET lastSeenAt = ? WHERE id = ?",
                    arguments: [now.milliseconds, session.caller.user])
            }
        } catch let error as PortalError where error.status == 503 {
            // A full disk must not keep people from reading.
        }
    }
}
