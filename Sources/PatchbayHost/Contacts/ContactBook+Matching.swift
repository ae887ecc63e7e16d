import Foundation
import PatchbaySDK

extension ContactBook {
    /// The entry with `number` that `caller` has: a personal one comes before one that is shared.
    public func contact(with number: PhoneNumber, for caller: Caller) async throws -> ContactCard? {
        try await store.read { db in
            guard let match = try match(number, for: caller, in: db) else { return nil }
            return try find(match.contact, for: caller, in: db)?.card
        }
    }

    /// Whether the book of `owner`, or the domain's for `nil`, has an entry of that name with exactly those numbers and
    /// addresses. Where there are none of these, the company tells namesakes apart.
    ///
    /// - Throws: What `add` throws.
    func holds(_ draft: ContactDraft, in domain: DomainID, owner: UserID?, in db: Database) throws -> Bool {
        let draft = try ContactRules.checked(draft, region: try region(of: domain, in: db))
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(Contact.columns) FROM contact
                WHERE domainId = ? AND searchName = ? AND name = ? AND ownerId IS ?
                """, arguments: [domain, SearchText.folded(draft.name), draft.name, owner])
        let isBare = draft.numbers.isEmpty && draft.emails.isEmpty
        let numbers = Self.inAnyOrder(draft.numbers)
        let emails = Self.inAnyOrder(draft.emails)
        return try whole(rows, in: db).contains { entry in
            guard !isBare || entry.company == draft.company else { return false }
            return Self.inAnyOrder(entry.numbers) == numbers && Self.inAnyOrder(entry.emails) == emails
        }
    }

    private static func inAnyOrder(_ endpoints: [ContactCard.Endpoint]) -> Set<[String]> {
        Set(endpoints.map { [$0.label, $0.value] })
    }

    /// Whose number it is, for `caller`: their own entry before the domain's, the older before the newer.
    public func match(_ number: PhoneNumber, for caller: Caller, in db: Database) throws -> ContactMatch? {
        try matches([number], for: caller, in: db)[number]
    }

    /// Whose numbers they are; a number that is nobody's is missing.
    public func matches(
        _ numbers: some Collection<PhoneNumber>, for caller: Caller, in db: Database
    ) throws -> [PhoneNumber: ContactMatch] {
        var found: [PhoneNumber: ContactMatch] = [:]
        guard !numbers.isEmpty else { return found }
        let statement = try db.cachedStatement(
            sql: """
                SELECT value, label, contact.id, contact.name
                FROM contactEndpoint JOIN contact ON contact.id = contactEndpoint.contactId
                WHERE contactEndpoint.domainId = ? AND value IN (SELECT value FROM json_each(?)) AND kind = 'number'
                    AND (ownerId IS NULL OR ownerId = ?)
                ORDER BY ownerId IS NULL, contact.createdAt, contact.id
                """)
        let list = JSON.array(numbers.map { .string($0.e164) }).text
        let rows = try Row.fetchCursor(statement, arguments: [caller.domain, list, caller.user])
        while let row = try rows.next() {
            let number: PhoneNumber = row["value"]
            if found[number] == nil {
                found[number] = ContactMatch(contact: row["id"], name: row["name"], label: row["label"])
            }
        }
        return found
    }
}
