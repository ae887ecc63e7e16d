import PatchbaySDK

/// The audit log as one plugin writes it.
struct PluginAudit: AuditTrail {
    let plugin: PluginID
    let clock: any PortalClock

    func note(_ action: String, of subject: String, in domain: DomainID, db: Database) throws {
        try AuditLog.append(
            AuditRecord(
                "\(plugin).\(action)", of: subject, in: domain, by: AuditActor(.plugin, id: plugin.rawValue)),
            at: clock.now, in: db)
    }
}
