/// A tenant, as plugins see it.
public struct DomainRecord: Sendable, Equatable {
    /// The domain's name in lower case, such as `harbor.example`.
    public let id: DomainID
    /// What people call it, such as “Harbor & Pine”.
    public let name: String
    /// ISO 3166-1 alpha-2: how people of the domain type numbers.
    public let region: String
    /// IANA name, such as `America/Los_Angeles`.
    public let timeZone: String

    /// Makes a record; the host makes them from its tables, tests by hand.
    public init(id: DomainID, name: String, region: String, timeZone: String) {
        self.id = id
        self.name = name
        self.region = region
        self.timeZone = timeZone
    }
}

/// A person of a domain, as plugins see it.
public struct UserRecord: Sendable, Equatable {
    /// The user's id.
    public let id: UserID
    /// The domain that the user belongs to.
    public let domain: DomainID
    /// First and last name.
    public let fullName: String
    /// The extension of the user's phone, unique in the domain.
    public let `extension`: String
    /// What kind of user it is.
    public let scope: Scope

    /// Makes a record; the host makes them from its tables, tests by hand.
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
    /// Whether `caller` may administer `domain`: an office manager their own, a reseller also those that they resell to, a
    /// super-user all.
    ///
    /// - Since: SDK 1.0
    func mayAdminister(_ caller: Caller, _ domain: DomainID, in db: Database) throws -> Bool
    /// Whether the user has the portal open somewhere.
    func isSignedIn(_ user: UserID) -> Bool
}
