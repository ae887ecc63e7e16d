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
