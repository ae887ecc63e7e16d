/// A tenant, as plugins see it.
public struct DomainRecord: Sendable, Equatable {
    public let id: DomainID
    public let name: String
    /// ISO 3166-1 alpha-2: how people of the domain type numbers.
    public let region: String
    /// IANA name, such as `America/Los_Angeles`.
    public let timeZone: String

    public init(id: DomainID, name: String, region: String, timeZone: String) {
        self.id = id
        self.name = name
        self.region = region
        self.timeZone = timeZone
    }
}

/// A person of a domain, as plugins see it.
public struct UserRecord: Sendable, Equatable {
    public let id: UserID
    public let domain: DomainID
    public let fullName: String
    public let `extension`: String
    public let scope: Scope

    public init(id: UserID, domain: DomainID, fullName: String, extension: String, scope: Scope) {
        self.id = id
        self.domain = domain
        self.fullName = fullName
        self.extension = `extension`
        self.scope = scope
    }
}

/// Domains and users. All reads run in the caller's transaction.
public protocol Directory: Sendable {
    func domain(_ id: DomainID, in db: Database) throws -> DomainRecord?
    /// The user, if it is one of `domain`.
    func user(_ id: UserID, of domain: DomainID, in db: Database) throws -> UserRecord?
    /// Whether the user has the portal open somewhere.
    func isSignedIn(_ user: UserID) -> Bool
}
