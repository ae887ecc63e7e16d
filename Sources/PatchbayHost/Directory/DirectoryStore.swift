import Foundation
import PatchbaySDK

/// Domains and users.
///
/// All functions run in the caller's transaction; those that change something belong into `Store.write`.
public struct DirectoryStore: Directory {
    let clock: any PortalClock
    let events: any Events
    private let isOpenSomewhere: @Sendable (UserID) -> Bool

    /// - Parameter isSignedIn: Whether a user has the portal open somewhere; the event log knows.
    public init(
        clock: any PortalClock, events: any Events, isSignedIn: @escaping @Sendable (UserID) -> Bool
    ) {
        self.clock = clock
        self.events = events
        isOpenSomewhere = isSignedIn
    }

    /// The domain as plugins see it; `nil` when there is none of that id.
    public func domain(_ id: DomainID, in db: Database) throws -> DomainRecord? {
        try find(id, in: db)?.record
    }

    /// The user as plugins see them; `nil` for nobody, and for a user of another domain.
    public func user(_ id: UserID, of domain: DomainID, in db: Database) throws -> UserRecord? {
        try find(id, of: domain, in: db)?.record
    }

    /// Whether the user has an event stream open in some browser.
    public func isSignedIn(_ user: UserID) -> Bool { isOpenSomewhere(user) }

    /// Whether `caller` may administer `domain`'s users, numbers and switches.
    ///
    /// An office manager their own domain, a reseller also the domains that name theirs as reseller, a super-user all.
    public func mayAdminister(_ caller: Caller, _ domain: DomainID, in db: Database) throws -> Bool {
        switch caller.scope {
        case .superUser:
            true
        case .reseller:
            try domain == caller.domain || find(domain, in: db)?.reseller == caller.domain
        case .officeManager:
            domain == caller.domain
        default:
            false
        }
    }

    /// The domain, if `caller` may administer it.
    ///
    /// - Throws: `PortalError.notFound` for a domain that isn't there and for one that isn't the caller's alike.
    public func administered(_ domain: DomainID, by caller: Caller, in db: Database) throws -> Domain {
        guard try mayAdminister(caller, domain, in: db), let found = try find(domain, in: db) else {
            throw PortalError.notFound("domain")
        }
        return found
    }

    /// The user, if `caller` may administer them.
    ///
    /// - Throws: `PortalError.notFound` for a user who isn't there or whose domain isn't the caller's;
    ///   `PortalError.forbidden` (`directory.scope-too-high`) for one who has more rights than the caller.
    public func administered(_ user: UserID, by caller: Caller, in db: Database) throws -> User {
        guard let found = try find(user, in: db), try mayAdminister(caller, found.domain, in: db) else {
            throw PortalError.notFound("user")
        }
        try requireMayGrant(found.scope, by: caller)
        return found
    }

    /// Refuses to let anybody give, or change a user who has, more rights than their own.
    ///
    /// - Throws: `PortalError.forbidden` (`directory.scope-too-high`).
    public func requireMayGrant(_ scope: Scope, by caller: Caller) throws(PortalError) {
        guard Self.rank(scope) <= Self.rank(caller.scope) else {
            throw PortalError(
                .forbidden, id: "directory.scope-too-high",
                "That needs the scope \(scope.rawValue), which is more than yours. Ask somebody who has it.")
        }
    }

    private static func rank(_ scope: Scope) -> Int {
        switch scope {
        case .superUser: 3
        case .reseller: 2
        case .officeManager: 1
        default: 0
        }
    }
}
