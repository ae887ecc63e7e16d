import PatchbaySDK

extension ContactBook {
    /// The contacts that everybody of `domain` has, by name; people's own aren't among them.
    public func shared(of domain: DomainID, _ page: PageRequest, in db: Database) throws -> Page<Contact> {
        let start = try page.start()
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(Contact.columns) FROM contact
                WHERE domainId = ? AND ownerId IS NULL AND (searchName, id) > (?, ?) ORDER BY searchName, id LIMIT ?
                """,
            arguments: [domain, start.key, start.id, page.limit + 1])
        return Page(try whole(rows, in: db), for: page) { (SearchText.folded($0.name), $0.id.rawValue) }
    }
}
