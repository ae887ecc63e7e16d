import Foundation
import PatchbaySDK

extension SessionStore {
    /// Signs somebody in, with a new session and a new token every time.
    ///
    /// - Parameters:
    ///   - login: `extension@domain` or an e-mail address.
    ///   - address: The client's network address, as text.
    ///   - replacing: The token that the browser had before; its session ends.
    /// - Throws: `PortalError` `session.wrong-password` (401, also when there is no such user, or one who is disabled),
    ///   `session.no-portal` (403), `session.too-many-tries` (429), `session.busy` (503).
    public func signIn(
        login: String, password: String, address: String, userAgent: String, replacing former: String? = nil
    ) async throws -> SignedIn {
        let login = String(login.prefix(320))
        let found = try await store.read { [directory] db in
            try directory.user(login: login, in: db).map { ($0, try Self.passwordHash(of: $0.id, in: db)) }
        }
        let user = found?.0
        let admission = try await admit(user, login: login, address: address)
        let isRight = try await passwords.matches(password, found?.1)
        guard isRight, let user, user.isEnabled else {
            if let user { try await record("sign-in-failed", of: user, from: address) }
            if let wait = admission.wait { throw Self.tooManyTries(wait) }
            throw PortalError(
                .unauthenticated, id: "session.wrong-password",
                "The name or the password is wrong. Sign in with your extension@domain or your e-mail address.")
        }
        throttle.giveBack(admission.keys)
        guard user.scope != .noPortal else {
            throw PortalError(
                .forbidden, id: "session.no-portal", "This user has no access to the portal. Ask your administrator.")
        }
        return try await begin(user, passwordHash: found?.1, address, userAgent: userAgent, replacing: former)
    }

    /// Changes the caller's password and ends their other sessions.
    ///
    /// - Throws: `PortalError` `session.wrong-password` (403 here: the session itself is fine), `session.too-many-tries`,
    ///   `password.too-short`, `password.too-long`.
    public func changePassword(
        of session: AuthenticatedSession, from current: String, to new: String
    ) async throws {
        try Passwords.requireAcceptable(new)
        let caller = session.caller
        let keys = ["password \(caller.user)"]
        if let wait = throttle.take(keys, at: clock.elapsed) { throw Self.tooManyTries(wait) }
        let hash = try await store.read { db in try Self.passwordHash(of: caller.user, in: db) }
        guard try await passwords.matches(current, hash) else {
            throw PortalError(.forbidden, id: "session.wrong-password", "Your present password is another one.")
        }
        throttle.giveBack(keys)
        try await replacePassword(of: caller.user, in: caller.domain, with: new, keeping: session.id)
    }

    /// Sets a user's password on an administrator's behalf and ends all their sessions.
    ///
    /// - Throws: `PortalError.notFound` for a user who isn't one of `domain`; `password.too-short`, `password.too-long`.
    public func setPassword(of user: UserID, in domain: DomainID, to new: String) async throws {
        try Passwords.requireAcceptable(new)
        try await replacePassword(of: user, in: domain, with: new, keeping: nil)
    }

    private func replacePassword(
        of user: UserID, in domain: DomainID, with new: String, keeping kept: SessionID?
    ) async throws {
        let hash = try await passwords.hash(new)
        let gone = try await store.write { [directory] db in
            let others = try SessionID.fetchAll(
                db, sql: "SELECT id FROM session WHERE userId = ? AND id IS NOT ?", arguments: [user, kept])
            try directory.setPasswordHash(hash, of: user, of: domain, keeping: kept, in: db)
            return others
        }
        end(gone)
    }

    /// Counts the try, or refuses it.
    ///
    /// Somebody else's tries, from elsewhere or from the same network, don't keep a user out who comes from an address
    /// they have signed in from: such a pair has tries of its own, of which only the right password learns.
    private func admit(_ user: User?, login: String, address: String) async throws -> Admission {
        let now = clock.now
        let network = SignInThrottle.network(of: address)
        let account = user.map { "user \($0.id)" } ?? "login \(SearchText.folded(login))"
        let keys = [account, "address \(network)"]
        guard let wait = throttle.take(keys, at: clock.elapsed) else { return Admission(keys: keys, wait: nil) }
        guard let user, try await store.read({ db in try Self.knows(network, user, at: now, in: db) }) else {
            throw Self.tooManyTries(wait)
        }
        let pair = ["user \(user.id) at \(network)"]
        if let wait = throttle.take(pair, at: clock.elapsed) { throw Self.tooManyTries(wait) }
        return Admission(keys: pair, wait: wait)
    }

    /// A try that was let through.
    private struct Admission {
        /// What it was counted for.
        let keys: [String]
        /// What a wrong password is told, when the account or the address has used up its tries.
        let wait: Duration?
    }

    private func begin(
        _ user: User, passwordHash: String?, _ address: String, userAgent: String, replacing former: String?
    ) async throws -> SignedIn {
        let now = clock.now
        let secret = Secret(prefix: "")
        let session = Session(
            id: SessionID(at: now), user: user.id, domain: user.domain, createdAt: now,
            expiresAt: now.addingTimeInterval(Self.absoluteLimit), userAgent: String(userAgent.prefix(400)),
            address: String(address.prefix(64)))
        let formerHash = former.map(Secret.hash(of:))
        let ended = try await store.write { db in
            // Hashing took a while: the user may have been disabled or given another password meanwhile.
            guard try Self.passwordHash(of: user.id, in: db) == passwordHash else {
                throw PortalError(.unauthenticated, id: "session.wrong-password", "The name or the password is wrong.")
            }
            try Self.insert(session, hash: secret.hash, in: db)
            try Self.remember(SignInThrottle.network(of: address), of: user.id, at: now, in: db)
            try AuditLog.append(Self.record("sign-in", of: user, from: address), at: now, in: db)
            return try SessionID.fetchAll(
                db, sql: "DELETE FROM session WHERE tokenHash = ? RETURNING id", arguments: [formerHash])
        }
        end(ended)
        return SignedIn(token: secret.token, session: session, caller: user.caller)
    }

    private func record(_ action: String, of user: User, from address: String) async throws {
        let now = clock.now
        try await store.write { db in
            try AuditLog.append(Self.record(action, of: user, from: address), at: now, in: db)
        }
    }

    private static func record(_ action: String, of user: User, from address: String) -> AuditRecord {
        AuditRecord(
            action, of: user.id.rawValue, in: user.domain, by: AuditActor(.user, id: user.id.rawValue),
            details: ["network": .string(SignInThrottle.network(of: address))])
    }

    static func insert(_ session: Session, hash: String, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO session
                    (id, tokenHash, userId, domainId, createdAt, lastSeenAt, expiresAt, userAgent, address)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                session.id, hash, session.user, session.domain, session.createdAt.milliseconds,
                session.lastSeenAt.milliseconds, session.expiresAt.milliseconds, session.userAgent, session.address,
            ])
    }

    private static func remember(_ network: String, of user: UserID, at now: Date, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO signInAddress (userId, address, lastAt) VALUES (?, ?, ?)
                ON CONFLICT (userId, address) DO UPDATE SET lastAt = excluded.lastAt
                """,
            arguments: [user, network, now.milliseconds])
        try db.execute(
            sql: "UPDATE user SET lastSeenAt = ? WHERE id = ?", arguments: [now.milliseconds, user])
    }

    private static func knows(_ network: String, _ user: User, at now: Date, in db: Database) throws -> Bool {
        let since = now.addingTimeInterval(-absoluteLimit).milliseconds
        return try Bool.fetchOne(
            db, sql: "SELECT 1 FROM signInAddress WHERE userId = ? AND address = ? AND lastAt > ?",
            arguments: [user.id, network, since]) ?? false
    }

    /// The hash of somebody who may sign in.
    private static func passwordHash(of user: UserID, in db: Database) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT passwordHash FROM user WHERE id = ? AND isEnabled = 1", arguments: [user])
    }

    private static func tooManyTries(_ wait: Duration) -> PortalError {
        PortalError(
            .rateLimited(retryAfter: wait), id: "session.too-many-tries",
            "Too many tries. Please wait \(wait.components.seconds) seconds and try again.")
    }
}
