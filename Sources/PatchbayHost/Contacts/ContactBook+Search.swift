import Foundation
import PatchbaySDK

extension ContactBook {
    /// The first entries that `caller` has and that match `query`, by name.
    ///
    /// - Parameter limit: Taken as 1 when it is less, as 200 when it is more.
    public func contacts(
        matching query: String, for caller: Caller, limit: Int
    ) async throws -> [ContactCard] {
        let page = try PageRequest(limit: min(max(limit, 1), 200))
        return try await store.read { db in try contacts(matching: query, for: caller, page, in: db).items.map(\.card) }
    }

    /// The caller's and the domain's contacts, by name.
    ///
    /// - Parameter query: Words that have to occur in name or company, without regard to case and accents; or digits
    ///   of a number in any format, from the start or the middle. Empty for all.
    public func contacts(
        matching query: String, for caller: Caller, _ page: PageRequest, in db: Database
    ) throws -> Page<Contact> {
        let start = try page.start()
        let match = try condition(for: query, of: caller.domain, in: db)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(Contact.columns) FROM contact
                WHERE domainId = ? AND (searchName, id) > (?, ?) AND (ownerId IS NULL OR ownerId = ?) AND \(match.sql)
                ORDER BY searchName, id LIMIT ?
                """,
            arguments: [caller.domain, start.key, start.id, caller.user] + match.arguments + [page.limit + 1])
        return Page(try whole(rows, in: db), for: page) { (SearchText.folded($0.name), $0.id.rawValue) }
    }

    private func condition(
        for query: String, of domain: DomainID, in db: Database
    ) throws -> (sql: String, arguments: StatementArguments) {
        let named = SearchText.condition(SearchText.words(of: query), in: ["searchName", "searchCompany"])
        guard let digits = SearchText.digits(of: query) else { return ("(\(named.sql))", named.arguments) }
        // A whole number is compared whole, for its national form needn't occur in the international one.
        let whole = try? PhoneNumber(typed: query, region: try region(of: domain, in: db))
        let sql = """
            ((\(named.sql)) OR EXISTS (
                SELECT 1 FROM contactEndpoint WHERE contactId = contact.id AND kind = 'number'
                AND (instr(value, ?) > 0 OR value = ?)))
            """
        return (sql, named.arguments + [digits, whole?.e164])
    }

    /// The contacts of `rows` with their numbers and addresses, in the same order.
    func whole(_ rows: [Row], in db: Database) throws -> [Contact] {
        let ids = rows.map { $0["id"] as ContactID }
        guard let domain = rows.first.map({ $0["domainId"] as DomainID }) else { return [] }
        let endpoints = try Row.fetchAll(
            db,
            sql: """
                SELECT contactId, kind, label, value FROM contactEndpoint
                WHERE domainId = ? AND contactId IN (\(ids.map { _ in "?" }.joined(separator: ",")))
                ORDER BY contactId, kind, position
                """,
            arguments: [domain] + StatementArguments(ids))
        let byContact = Dictionary(grouping: endpoints) { $0["contactId"] as ContactID }
        return zip(ids, rows).map { id, row in
            let mine = byContact[id] ?? []
            return Contact(row, numbers: Self.endpoints("number", in: mine), emails: Self.endpoints("email", in: mine))
        }
    }

    private static func endpoints(_ kind: String, in rows: [Row]) -> [ContactCard.Endpoint] {
        rows.filter { $0["kind"] as String == kind }
            .map { ContactCard.Endpoint(label: $0["label"], value: $0["value"]) }
    }
}
