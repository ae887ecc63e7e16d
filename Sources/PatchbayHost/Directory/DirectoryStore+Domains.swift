import Foundation
import PatchbaySDK

extension DirectoryStore {
    /// The domain; `nil` when there is none.
    public func find(_ id: DomainID, in db: Database) throws -> Domain? {
        let statement = try db.cachedStatement(sql: "SELECT \(Domain.columns) FROM domain WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(Domain.init)
    }

    /// Makes a domain.
    ///
    /// - Throws: `PortalError` `directory.domain-id-invalid`, `directory.domain-taken`, `directory.name-invalid`,
    ///   `directory.region-unknown`, `directory.time-zone-unknown`, `directory.reseller-unknown`.
    @discardableResult
    public func addDomain(_ new: NewDomain, in db: Database) throws -> Domain {
        let id = try DirectoryRules.domainID(new.id)
        guard try find(id, in: db) == nil else {
            throw PortalError(.conflict, id: "directory.domain-taken", "There is a domain \(id) already.")
        }
        let name = try DirectoryRules.name(new.name)
        try db.execute(
            sql: """
                INSERT INTO domain (id, name, searchName, region, timeZone, resellerId, createdAt)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, name, SearchText.folded(name), try DirectoryRules.region(new.region),
                try DirectoryRules.timeZone(new.timeZone), try reseller(new.reseller, of: id, in: db),
                clock.now.milliseconds,
            ])
        return try known(id, in: db)
    }

    /// Changes a domain.
    ///
    /// - Throws: `PortalError` `directory.domain-unknown`, and what `addDomain` throws for the fields.
    @discardableResult
    public func updateDomain(_ id: DomainID, _ change: DomainChange, in db: Database) throws -> Domain {
        let former = try known(id, in: db)
        let name = try DirectoryRules.name(change.name.applied(to: former.name))
        try db.execute(
            sql: """
                UPDATE domain SET name = ?, searchName = ?, region = ?, timeZone = ?, resellerId = ?, claimMinutes = ?
                WHERE id = ?
                """,
            arguments: [
                name, SearchText.folded(name), try DirectoryRules.region(change.region.applied(to: former.region)),
                try DirectoryRules.timeZone(change.timeZone.applied(to: former.timeZone)),
                try reseller(change.reseller.applied(to: former.reseller), of: id, in: db),
                try DirectoryRules.claimMinutes(change.claimMinutes.applied(to: former.claimMinutes)), id,
            ])
        return try known(id, in: db)
    }

    /// The scopes that users of the domain have.
    public func scopes(in id: DomainID, db: Database) throws -> [Scope] {
        try Scope.fetchAll(db, sql: "SELECT DISTINCT scope FROM user WHERE domainId = ?", arguments: [id])
    }

    /// Removes a domain with its users, numbers, contacts and all that hangs on them.
    ///
    /// - Throws: `PortalError` `directory.domain-unknown`.
    public func removeDomain(_ id: DomainID, in db: Database) throws {
        _ = try known(id, in: db)
        try LegalHold.requireNone(on: nil, of: id, in: db)
        // Switches name their subject without referring to it; a domain of the same name must not inherit them.
        try db.execute(
            sql: """
                DELETE FROM featureSwitch WHERE (level = 'domain' AND subject = :id)
                    OR (level = 'user' AND subject IN (SELECT user.id FROM user WHERE domainId = :id))
                    OR (level = 'number' AND subject IN (SELECT number FROM number WHERE domainId = :id))
                """,
            arguments: ["id": id])
        try db.execute(sql: "DELETE FROM domain WHERE id = ?", arguments: [id])
    }

    /// The domains that `caller` may administer, by name; all of them for `nil`, the operator at the console.
    public func domains(_ page: PageRequest, administeredBy caller: Caller?, in db: Database) throws -> Page<Domain> {
        let start = try page.start()
        let (condition, arguments): (String, StatementArguments) =
            switch caller?.scope {
            case nil, .superUser: ("1", [])
            case .reseller: ("(id = ? OR resellerId = ?)", [caller?.domain, caller?.domain])
            case .officeManager: ("id = ?", [caller?.domain])
            default: ("0", [])
            }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(Domain.columns), searchName FROM domain WHERE \(condition) AND (searchName, id) > (?, ?)
                ORDER BY searchName, id LIMIT ?
                """,
            arguments: arguments + [start.key, start.id, page.limit + 1])
        return Page(rows.map(Domain.init), for: page) { (SearchText.folded($0.name), $0.id.rawValue) }
    }

    /// The domain, which has to be there.
    ///
    /// - Throws: `PortalError.notFound` (`directory.domain-unknown`).
    public func known(_ id: DomainID, in db: Database) throws -> Domain {
        guard let domain = try find(id, in: db) else {
            throw PortalError(.notFound, id: "directory.domain-unknown", "There is no domain \(id).")
        }
        return domain
    }

    private func reseller(_ reseller: DomainID?, of domain: DomainID, in db: Database) throws -> DomainID? {
        guard let reseller else { return nil }
        guard reseller != domain, try find(reseller, in: db) != nil else {
            throw PortalError(
                .invalid, id: "directory.reseller-unknown",
                "The reseller has to be another domain that is there already; \(reseller) isn't.")
        }
        return reseller
    }
}
