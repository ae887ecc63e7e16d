import PatchbaySDK
import Synchronization

/// The domains and users of the test's portal; see `TestPerson`.
public final class TestDirectory: Directory, Sendable {
    private let signedIn = Mutex<Set<UserID>>(Set(TestPerson.all.map(\.id)))

    /// The domain that the test has put in.
    public func domain(_ id: DomainID, in db: Database) throws -> DomainRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM domain WHERE id = ?", arguments: [id]).map {
            DomainRecord(id: $0["id"], name: $0["name"], region: $0["region"], timeZone: $0["timeZone"])
        }
    }

    /// The user that the test has put in, if it is one of `domain`.
    public func user(_ id: UserID, of domain: DomainID, in db: Database) throws -> UserRecord? {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM user WHERE domainId = ? AND id = ?", arguments: [domain, id])
        return row.map {
            UserRecord(
                id: $0["id"], domain: $0["domainId"], fullName: $0["fullName"], extension: $0["extension"],
                scope: $0["scope"])
        }
    }

    /// An office manager and a reseller their own domain, a super-user all; the test's domains have no reseller.
    public func mayAdminister(_ caller: Caller, _ domain: DomainID, in db: Database) throws -> Bool {
        caller.scope == .superUser || caller.scope.managesDomain && caller.domain == domain
    }

    /// Whether the test says that the user has the portal open.
    public func isSignedIn(_ user: UserID) -> Bool { signedIn.withLock { $0.contains(user) } }

    /// Everybody is signed in at first; this signs `person` in or out.
    public func setSignedIn(_ isSignedIn: Bool, _ person: TestPerson) {
        signedIn.withLock { users in
            if isSignedIn { users.insert(person.id) } else { users.remove(person.id) }
        }
    }
}
