/// The host's audit log, for what a plugin does by itself and an administrator may be asked about.
///
/// What administrators do through a plugin's routes with `domain.admin` or `system.admin` is recorded by the host.
public protocol AuditTrail: Sendable {
    /// Adds a row in the transaction of the deed; it can't be taken back.
    ///
    /// - Parameters:
    ///   - action: What was done, such as `opt-out-stop`; the host puts the plugin's id and a dot before it.
    ///   - subject: Whom or what it was done to, by id: no texts, no secrets, numbers masked.
    func note(_ action: String, of subject: String, in domain: DomainID, db: Database) throws
}
