import Foundation
import PatchbaySDK

extension NumberStore {
    /// Reads a number as people of `domain` type it.
    ///
    /// - Throws: `PortalError` `directory.domain-unknown`, `number.invalid`.
    public func parse(_ text: String, in domain: DomainID, _ db: Database) throws -> PhoneNumber {
        let region = try String.fetchOne(db, sql: "SELECT region FROM domain WHERE id = ?", arguments: [domain])
        guard let region else {
            throw PortalError(.notFound, id: "directory.domain-unknown", "There is no domain \(domain).")
        }
        return try PhoneNumber(typed: text, region: region)
    }

    /// Makes a number one of `domain`'s. It has no feature until one is switched on for it.
    ///
    /// - Parameter typed: In any spelling of the domain's region.
    /// - Throws: `PortalError` `number.invalid`, `numbers.taken`, `numbers.label-invalid`, `numbers.carrier-unknown`,
    ///   `directory.domain-unknown`.
    @discardableResult
    public func add(
        typed: String, to domain: DomainID, label: String, carrier: PluginID?, in db: Database
    ) throws -> NumberEntry {
        let number = try parse(typed, in: domain, db)
        guard try record(of: number, in: db) == nil else {
            throw PortalError(.conflict, id: "numbers.taken", "The number \(number) is on this system already.")
        }
        try require(carrier: carrier)
        try db.execute(
            sql: "INSERT INTO number (number, domainId, label, carrier, createdAt) VALUES (?, ?, ?, ?, ?)",
            arguments: [number, domain, try Self.label(label), carrier, clock.now.milliseconds])
        return try known(number, of: domain, in: db)
    }

    /// Changes a number's label or carrier.
    ///
    /// - Throws: `PortalError.notFound` for a number that isn't one of `domain`; `numbers.label-invalid`, `numbers.carrier-unknown`.
    @discardableResult
    public func update(
        _ number: PhoneNumber, of domain: DomainID, _ change: NumberChange, in db: Database
    ) throws -> NumberEntry {
        let former = try known(number, of: domain, in: db)
        let carrier = change.carrier.applied(to: former.record.carrier)
        // One that has left the manifest meanwhile may stay, so that the label can be changed.
        if carrier != former.record.carrier { try require(carrier: carrier) }
        try db.execute(
            sql: "UPDATE number SET label = ?, carrier = ? WHERE domainId = ? AND number = ?",
            arguments: [
                try Self.label(change.label.applied(to: former.record.label)),
                carrier, domain, number,
            ])
        try tell(try users(of: number, in: db), of: domain, in: db)
        return try known(number, of: domain, in: db)
    }

    private func require(carrier: PluginID?) throws(PortalError) {
        guard let carrier, !isCarrier(carrier) else { return }
        throw PortalError(
            .invalid, id: "numbers.carrier-unknown",
            "There is no carrier “\(carrier)” here. Choose one that the plugins page shows, or add it to manifest.json."
        )
    }

    /// Removes a number; its people lose it first.
    ///
    /// - Throws: `PortalError.notFound` for a number that isn't one of `domain`.
    public func remove(_ number: PhoneNumber, of domain: DomainID, in db: Database) throws {
        _ = try known(number, of: domain, in: db)
        for user in try users(of: number, in: db) { try unassign(number, from: user, of: domain, in: db) }
        try db.execute(
            sql: "DELETE FROM featureSwitch WHERE level = 'number' AND subject = ?", arguments: [number])
        try db.execute(sql: "DELETE FROM number WHERE domainId = ? AND number = ?", arguments: [domain, number])
    }

    /// Gives the number to `user`, who must be of the same domain. Nothing happens when they have it already.
    ///
    /// - Throws: `PortalError.notFound` for a number or a user that isn't one of `domain`.
    public func assign(_ number: PhoneNumber, to user: UserID, of domain: DomainID, in db: Database) throws {
        _ = try known(number, of: domain, in: db)
        let isOfDomain = try Bool.fetchOne(
            db, sql: "SELECT 1 FROM user WHERE domainId = ? AND id = ?", arguments: [domain, user])
        guard isOfDomain == true else { throw PortalError.notFound("user") }
        try db.execute(
            sql: "INSERT OR IGNORE INTO numberUser (number, userId, domainId) VALUES (?, ?, ?)",
            arguments: [number, user, domain])
        guard db.changesCount > 0 else { return }
        try assignmentChanged(number, user, true, db)
        try tell([user], of: domain, in: db)
    }

    /// Takes the number from `user`. Nothing happens when they don't have it.
    ///
    /// - Throws: `PortalError.notFound` for a number that isn't one of `domain`.
    public func unassign(_ number: PhoneNumber, from user: UserID, of domain: DomainID, in db: Database) throws {
        _ = try known(number, of: domain, in: db)
        try ClaimEnds(events: events).end(of: user, on: number, in: db)
        try db.execute(
            sql: "DELETE FROM numberUser WHERE domainId = ? AND number = ? AND userId = ?",
            arguments: [domain, number, user])
        guard db.changesCount > 0 else { return }
        try assignmentChanged(number, user, false, db)
        try tell([user], of: domain, in: db)
    }

    /// The number, which has to be one of `domain`.
    ///
    /// - Throws: `PortalError.notFound`.
    public func known(_ number: PhoneNumber, of domain: DomainID, in db: Database) throws -> NumberEntry {
        guard let entry = try find(number, of: domain, in: db) else { throw PortalError.notFound("number") }
        return entry
    }

    private func tell(_ users: [UserID], of domain: DomainID, in db: Database) throws {
        guard !users.isEmpty else { return }
        try events.publish(Event("feature.changed", in: domain, to: .users(users), [:]), in: db)
    }

    private static func label(_ text: String) throws(PortalError) -> String {
        let sentence = "A number's label has 1 to 60 characters on one line, such as “Front desk”."
        return try DirectoryRules.line(text, limit: 60, id: "numbers.label-invalid", sentence)
    }
}
