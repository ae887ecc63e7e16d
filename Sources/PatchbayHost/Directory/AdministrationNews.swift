import PatchbaySDK

/// Tells those who administer a domain that something of it has changed, so that what they look at stays true.
public struct AdministrationNews: Sendable {
    /// What has changed.
    public enum Kind: String, Sendable {
        case users
        case numbers
        case contacts
        case switches
        case domains
        case erasures
    }

    private let events: any Events

    /// - Parameter events: Where the news is published.
    public init(events: any Events) { self.events = events }

    /// Publishes `admin.changed` to the administrators of `domain`, wherever they belong. Call it in the transaction
    /// of the change.
    ///
    /// - Parameter domain: `nil` for what concerns every domain, such as a switch of the system.
    public func tell(_ kind: Kind, of domain: DomainID?, in db: Database) throws {
        // The others aren't of the domain: a reseller administers several, a super-user all.
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT domainId, id FROM user WHERE isEnabled AND (
                    scope = 'super-user'
                    OR (scope IN ('office-manager', 'reseller') AND (:domain IS NULL OR domainId = :domain))
                    OR (scope = 'reseller' AND domainId = (SELECT resellerId FROM domain WHERE id = :domain)))
                """,
            arguments: ["domain": domain])
        let body: JSON = ["kind": .string(kind.rawValue), "domain": JSON(domain?.rawValue)]
        for (home, readers) in Dictionary(grouping: rows, by: { $0["domainId"] as DomainID }) {
            try events.publish(
                Event("admin.changed", in: home, to: .users(readers.map { $0["id"] }), body), in: db)
        }
    }
}
