import PatchbayHost
import PatchbaySDK

/// A domain with the settings that other parts of the host keep for it.
struct DomainSettings: Sendable {
    let portal: Portal

    /// The domain, as administrators see it.
    func json(of domain: Domain, in db: Database) throws -> JSON {
        var members = domain.adminJSON.object ?? [:]
        let denied = try portal.deniedCalls(of: domain.id, in: db)
        members["deniedCalls"] = .array(denied.patterns.map { .string($0) })
        return .object(members)
    }

    /// Takes from the body of a change what is kept here.
    ///
    /// - Throws: `calls.pattern-invalid`, `calls.too-many-patterns`.
    func change(_ domain: DomainID, by body: JSON, in db: Database) throws {
        guard body.mentions("deniedCalls") else { return }
        let patterns = body["deniedCalls"]?.array?.compactMap(\.string)
        try portal.setDeniedCalls(try patterns.map(DeniedCalls.init), of: domain, in: db)
    }
}
