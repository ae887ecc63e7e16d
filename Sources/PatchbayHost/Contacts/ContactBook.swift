import Foundation
import PatchbaySDK

/// The personal address books and the domains' own.
///
/// Everybody sees their own entries and the domain's. The functions with `in db` run in the caller's transaction.
public struct ContactBook: ContactLookup {
    let store: any Store
    let clock: any PortalClock
    let events: any Events

    /// Makes a book over the contacts in `store`; changes are published through `events`.
    public init(store: any Store, clock: any PortalClock, events: any Events) {
        self.store = store
        self.clock = clock
        self.events = events
    }

    /// The contact, if `caller` may see it.
    public func find(_ id: ContactID, for caller: Caller, in db: Database) throws -> Contact? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT \(Contact.columns) FROM contact
                WHERE domainId = ? AND id = ? AND (ownerId IS NULL OR ownerId = ?)
                """,
            arguments: [caller.domain, id, caller.user])
        return try row.map { try whole([$0], in: db)[0] }
    }

    /// The contact, which `caller` must be allowed to see.
    ///
    /// - Throws: `PortalError.notFound`.
    public func known(_ id: ContactID, for caller: Caller, in db: Database) throws -> Contact {
        guard let contact = try find(id, for: caller, in: db) else { throw PortalError.notFound("contact") }
        return contact
    }

    /// Makes a contact, in the domain's book or the caller's own.
    ///
    /// - Parameter former: One that was deleted a short while ago and comes back by it, with its id; `nil` for a new one.
    /// - Throws: `PortalError.invalid` for what can't be stored, such as `contacts.name-invalid`, `number.invalid`;
    ///   `PortalError.notFound` when `former` wasn't deleted, or wasn't the caller's to delete.
    @discardableResult
    public func add(
        _ draft: ContactDraft, bringingBack former: ContactID? = nil, for caller: Caller, in db: Database
    ) throws -> Contact {
        let id = try former.map { try deleted.take($0, for: caller, in: db) }
        return try add(draft, as: id, to: caller.domain, owner: draft.isShared ? nil : caller.user, in: db)
    }

    /// Makes a contact of `owner`, or of the whole domain for `nil`; for imports, where nobody is signed in.
    @discardableResult
    public func add(
        _ draft: ContactDraft, as former: ContactID? = nil, to domain: DomainID, owner: UserID?, in db: Database
    ) throws -> Contact {
        let draft = try ContactRules.checked(draft, region: try region(of: domain, in: db))
        let id = former ?? ContactID(at: clock.now)
        let now = clock.now.milliseconds
        try db.execute(
            sql: """
                INSERT INTO contact
                    (id, domainId, ownerId, name, searchName, company, searchCompany, notes, createdAt, updatedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, domain, owner, draft.name, SearchText.folded(draft.name), draft.company,
                SearchText.folded(draft.company), draft.notes, now, now,
            ])
        try insertEndpoints(of: draft, contact: id, domain: domain, in: db)
        return try changed(id, of: domain, owner: owner, in: db)
    }

    /// Replaces all that a contact holds. It may move between the caller's and the domain's book.
    ///
    /// - Throws: `PortalError.notFound`, and what `add` throws.
    @discardableResult
    public func update(
        _ id: ContactID, _ draft: ContactDraft, for caller: Caller, in db: Database
    ) throws -> Contact {
        let former = try known(id, for: caller, in: db)
        let draft = try ContactRules.checked(draft, region: try region(of: caller.domain, in: db))
        let owner = draft.isShared ? nil : former.owner ?? caller.user
        try db.execute(
            sql: """
                UPDATE contact SET ownerId = ?, name = ?, searchName = ?, company = ?, searchCompany = ?, notes = ?,
                    updatedAt = ?
                WHERE domainId = ? AND id = ?
                """,
            arguments: [
                owner, draft.name, SearchText.folded(draft.name), draft.company, SearchText.folded(draft.company),
                draft.notes, clock.now.milliseconds, caller.domain, id,
            ])
        try db.execute(
            sql: "DELETE FROM contactEndpoint WHERE domainId = ? AND contactId = ?", arguments: [caller.domain, id])
        try insertEndpoints(of: draft, contact: id, domain: caller.domain, in: db)
        // For everybody but the new owner, an entry that was the domain's is gone.
        if former.isShared, owner != nil {
            try tell(id, of: caller.domain, owner: nil, isDeleted: true, in: db)
        }
        return try changed(id, of: caller.domain, owner: owner, in: db)
    }

    /// Adds a number to a contact; nothing happens when it is there already.
    ///
    /// - Parameter number: In any spelling of the domain's region.
    /// - Throws: `PortalError.notFound`, and what `add` throws.
    @discardableResult
    public func add(
        number: String, label: String, to id: ContactID, for caller: Caller, in db: Database
    ) throws -> Contact {
        let former = try known(id, for: caller, in: db)
        let added = try PhoneNumber(typed: number, region: try region(of: caller.domain, in: db))
        if former.numbers.contains(where: { $0.value == added.e164 }) { return former }
        let draft = ContactDraft(
            name: former.name, company: former.company, notes: former.notes, isShared: former.isShared,
            numbers: former.numbers + [ContactCard.Endpoint(label: label, value: added.e164)], emails: former.emails)
        return try update(id, draft, for: caller, in: db)
    }

    /// Deletes a contact.
    ///
    /// - Throws: `PortalError.notFound`.
    public func remove(_ id: ContactID, for caller: Caller, in db: Database) throws {
        let contact = try known(id, for: caller, in: db)
        try deleted.note(contact, in: db)
        try db.execute(sql: "DELETE FROM contact WHERE domainId = ? AND id = ?", arguments: [caller.domain, id])
        try tell(id, of: caller.domain, owner: contact.owner, isDeleted: true, in: db)
    }

    private var deleted: DeletedContacts { DeletedContacts(clock: clock) }

    func region(of domain: DomainID, in db: Database) throws -> String {
        guard let region = try String.fetchOne(db, sql: "SELECT region FROM domain WHERE id = ?", arguments: [domain])
        else { throw PortalError(.notFound, id: "directory.domain-unknown", "There is no domain \(domain).") }
        return region
    }

    private func insertEndpoints(
        of draft: ContactDraft, contact: ContactID, domain: DomainID, in db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO contactEndpoint (contactId, domainId, kind, position, label, value)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        for (kind, endpoints) in [("number", draft.numbers), ("email", draft.emails)] {
            for (position, endpoint) in endpoints.enumerated() {
                try statement.execute(arguments: [contact, domain, kind, position, endpoint.label, endpoint.value])
            }
        }
    }

    private func changed(
        _ id: ContactID, of domain: DomainID, owner: UserID?, in db: Database
    ) throws -> Contact {
        try tell(id, of: domain, owner: owner, isDeleted: false, in: db)
        let sql = "SELECT \(Contact.columns) FROM contact WHERE domainId = ? AND id = ?"
        return try whole(try Row.fetchAll(db, sql: sql, arguments: [domain, id]), in: db)[0]
    }

    /// Tells whoever has the entry in their book that it has changed or is gone.
    func tell(
        _ id: ContactID, of domain: DomainID, owner: UserID?, isDeleted: Bool, in db: Database
    ) throws {
        let body: JSON = ["contactId": .string(id.rawValue), "isDeleted": .bool(isDeleted)]
        let recipients = owner.map { Event.Recipients.users([$0]) } ?? .domain
        try events.publish(Event("contact.changed", in: domain, to: recipients, body), in: db)
    }
}
