import Foundation
import PatchbaySDK

extension DirectoryStore {
    /// The user, whichever domain they belong to.
    public func find(_ id: UserID, in db: Database) throws -> User? {
        let statement = try db.cachedStatement(sql: "SELECT \(User.columns) FROM user WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(User.init)
    }

    /// The user, if they are one of `domain`.
    public func find(_ id: UserID, of domain: DomainID, in db: Database) throws -> User? {
        let statement = try db.cachedStatement(sql: "SELECT \(User.columns) FROM user WHERE domainId = ? AND id = ?")
        return try Row.fetchOne(statement, arguments: [domain, id]).map(User.init)
    }

    /// The user who signs in as `login`: `extension@domain`, or their e-mail address.
    public func user(login: String, in db: Database) throws -> User? {
        let login = login.trimmingCharacters(in: .whitespacesAndNewlines)
        if let at = login.lastIndex(of: "@") {
            let row = try Row.fetchOne(
                db, sql: "SELECT \(User.columns) FROM user WHERE domainId = ? AND extension = ?",
                arguments: [login[login.index(after: at)...].lowercased(), String(login[..<at])])
            if let row { return User(row) }
        }
        return try Row.fetchOne(
            db, sql: "SELECT \(User.columns) FROM user WHERE email = ? COLLATE NOCASE", arguments: [login]
        ).map(User.init)
    }

    /// Makes a user.
    ///
    /// - Throws: `PortalError` `directory.domain-unknown`, `directory.extension-invalid`, `directory.extension-taken`,
    ///   `directory.name-invalid`, `directory.email-invalid`, `directory.email-taken`.
    @discardableResult
    public func addUser(_ new: NewUser, to domain: DomainID, in db: Database) throws -> User {
        let domain = try known(domain, in: db)
        let id = UserID(at: clock.now)
        let name = try DirectoryRules.name(new.fullName)
        try db.execute(
            sql: """
                INSERT INTO user
                    (id, domainId, extension, fullName, searchName, email, scope, passwordHash, isEnabled, createdAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
                """,
            arguments: [
                id, domain.id, try freeExtension(new.extension, for: id, of: domain.id, in: db), name,
                SearchText.folded(name), try freeEmail(new.email, for: id, in: db), new.scope, new.passwordHash,
                clock.now.milliseconds,
            ])
        return try known(id, of: domain.id, in: db)
    }

    /// Changes a user. Disabling ends their sessions; tell `SessionStore.accessChanged(of:)` after the transaction.
    ///
    /// - Throws: `PortalError.notFound` for a user who isn't one of `domain`, and what `addUser` throws for the fields.
    @discardableResult
    public func updateUser(
        _ id: UserID, of domain: DomainID, _ change: UserChange, in db: Database
    ) throws -> User {
        let former = try known(id, of: domain, in: db)
        let name = try DirectoryRules.name(change.fullName.applied(to: former.fullName))
        let number = change.extension.applied(to: former.extension)
        let isEnabled = change.isEnabled.applied(to: former.isEnabled)
        try db.execute(
            sql: """
                UPDATE user SET extension = ?, fullName = ?, searchName = ?, email = ?, scope = ?, isEnabled = ?
                WHERE domainId = ? AND id = ?
                """,
            arguments: [
                try freeExtension(number, for: id, of: domain, in: db), name, SearchText.folded(name),
                try freeEmail(change.email.applied(to: former.email), for: id, in: db),
                change.scope.applied(to: former.scope), isEnabled, domain, id,
            ])
        if !isEnabled {
            try db.execute(sql: "DELETE FROM session WHERE userId = ?", arguments: [id])
            try ClaimEnds(events: events).end(of: id, on: nil, in: db)
        }
        return try known(id, of: domain, in: db)
    }

    /// Sets or takes away the user's password and ends their sessions, but for `kept`.
    ///
    /// - Parameter hash: From `Passwords.hash`.
    /// - Throws: `PortalError.notFound` for a user who isn't one of `domain`.
    public func setPasswordHash(
        _ hash: String?, of id: UserID, of domain: DomainID, keeping kept: SessionID?, in db: Database
    ) throws {
        _ = try known(id, of: domain, in: db)
        try db.execute(
            sql: "UPDATE user SET passwordHash = ? WHERE domainId = ? AND id = ?", arguments: [hash, domain, id])
        try db.execute(sql: "DELETE FROM session WHERE userId = ? AND id IS NOT ?", arguments: [id, kept])
    }

    /// Removes a user with their sessions, tokens, number assignments and personal contacts.
    ///
    /// - Throws: `PortalError.notFound` for a user who isn't one of `domain`.
    public func removeUser(_ id: UserID, of domain: DomainID, in db: Database) throws {
        _ = try known(id, of: domain, in: db)
        try LegalHold.requireNone(on: id, of: domain, in: db)
        try db.execute(sql: "DELETE FROM featureSwitch WHERE level = 'user' AND subject = ?", arguments: [id])
        try ClaimEnds(events: events).end(of: id, on: nil, in: db)
        try db.execute(sql: "DELETE FROM user WHERE domainId = ? AND id = ?", arguments: [domain, id])
    }

    /// The users of `domain`, by name.
    ///
    /// - Parameters:
    ///   - query: Words that have to occur in name or extension; empty for everybody.
    ///   - except: Somebody to leave out, such as the one who asks.
    ///   - includingDisabled: For administrators.
    public func users(
        of domain: DomainID, matching query: String = "", except: UserID? = nil, includingDisabled: Bool,
        _ page: PageRequest, in db: Database
    ) throws -> Page<User> {
        let start = try page.start()
        let words = SearchText.condition(SearchText.words(of: query), in: ["user.searchName", "user.extension"])
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(User.columns) FROM user
                WHERE domainId = ? AND (searchName, id) > (?, ?) AND id IS NOT ? AND isEnabled >= ? AND \(words.sql)
                ORDER BY searchName, id LIMIT ?
                """,
            arguments: [domain, start.key, start.id, except, includingDisabled ? 0 : 1] + words.arguments
                + [page.limit + 1])
        return Page(rows.map(User.init), for: page) { (SearchText.folded($0.fullName), $0.id.rawValue) }
    }

    /// The user, who has to be one of `domain`.
    ///
    /// - Throws: `PortalError.notFound`.
    public func known(_ id: UserID, of domain: DomainID, in db: Database) throws -> User {
        guard let user = try find(id, of: domain, in: db) else { throw PortalError.notFound("user") }
        return user
    }

    private func freeExtension(
        _ text: String, for user: UserID, of domain: DomainID, in db: Database
    ) throws -> String {
        let number = try DirectoryRules.extension(text)
        let holder = try UserID.fetchOne(
            db, sql: "SELECT id FROM user WHERE domainId = ? AND extension = ?", arguments: [domain, number])
        guard holder == nil || holder == user else {
            throw PortalError(
                .conflict, id: "directory.extension-taken",
                "Extension \(number) of \(domain) belongs to somebody else already.")
        }
        return number
    }

    private func freeEmail(_ text: String?, for user: UserID, in db: Database) throws -> String? {
        guard let email = try DirectoryRules.email(text) else { return nil }
        let holder = try UserID.fetchOne(
            db, sql: "SELECT id FROM user WHERE email = ? COLLATE NOCASE", arguments: [email])
        guard holder == nil || holder == user else {
            throw PortalError(
                .conflict, id: "directory.email-taken", "Somebody has the e-mail address \(email) already.")
        }
        return email
    }
}
