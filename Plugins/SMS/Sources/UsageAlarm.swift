import PatchbaySDK

/// Counts what is queued, and tells once a day when a domain nears its limit: its people by an event, the operator by a
/// warning in the log and by `/metrics`.
struct UsageAlarm: Sendable {
    private let clock: any PortalClock
    private let events: any Events
    private let log: Log
    private let limits: SendLimits.Table

    init(context: PluginContext, limits: SendLimits.Table) {
        clock = context.clock
        events = context.events
        log = context.log
        self.limits = limits
    }

    /// Counts `parts` more SMS of `domain`.
    func count(_ parts: Int, of domain: DomainID, in db: Database) throws {
        let usage = DailyUsage(domain: domain)
        let now = clock.now
        let total = try usage.add(parts, at: now, in: db)
        let limit = limits.limits(of: domain).segmentsPerDay
        guard Allowance(used: total, limit: limit).isNearlyUsed, try usage.isFirstAlarm(at: now, in: db) else { return }
        log.warning(
            "a domain nears its daily limit of SMS",
            ["domain": domain.rawValue, "sent": String(total), "limit": String(limit)])
        try events.publish(.usageNeared(in: domain, sent: total, limit: limit), in: db)
    }
}
