import PatchbaySDK
import Synchronization

/// Grants what `plugin.json` gives each scope by default, and what the SDK's own permissions mean.
public final class TestPermissions: UserPermissions, Sendable {
    private let scopes: [Permission: Set<Scope>]
    private let taken = Mutex<[UserID: Set<Permission>]>([:])
    private let asked = Mutex<Set<Permission>>([])

    init(_ description: PluginDescription) {
        scopes = description.permissions.merging([
            .portal: Set(Scope.allCases).subtracting([.noPortal]),
            .placeCalls: Set(Scope.allCases).subtracting([.noPortal]),
            .domainAdmin: Set(Scope.allCases.filter(\.managesDomain)),
            .systemAdmin: [.superUser],
        ]) { declared, _ in declared }
    }

    /// Every permission that a request was checked for.
    public var used: Set<Permission> { asked.withLock { $0 } }

    /// Takes `permission` away from `person`, as an administrator's override would.
    public func revoke(_ permission: Permission, from person: TestPerson) {
        taken.withLock { _ = $0[person.id, default: []].insert(permission) }
    }

    /// Those of `permissions` that `plugin.json` gives the caller's scope and the test hasn't taken away.
    public func granted(_ permissions: Set<Permission>, to caller: Caller) async throws -> Set<Permission> {
        asked.withLock { $0.formUnion(permissions) }
        let taken = taken.withLock { $0[caller.user] ?? [] }
        return permissions.subtracting(taken).filter { scopes[$0]?.contains(caller.scope) == true }
    }
}
