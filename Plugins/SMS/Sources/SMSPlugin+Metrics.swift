import Foundation
import PatchbaySDK

extension SMSPlugin: MetricSource {
    /// What waits in the outbox and what was given up.
    public func gauges() async throws -> [Gauge] {
        try await context.store.read { db in
            let all = try Self.count(
                "SELECT carrier, count(*) FROM smsOutbox WHERE state = 'queued' GROUP BY carrier", in: db)
            let held = try Self.count(
                "SELECT carrier, count(*) FROM smsOutbox WHERE state = 'queued' AND hold = 'held' GROUP BY carrier",
                in: db)
            // What waits for the morning says nothing of the carrier.
            let queued = all.map { one in
                (carrier: one.carrier, count: one.count - (held.first { $0.carrier == one.carrier }?.count ?? 0))
            }
            let underWay = try Self.count(
                "SELECT carrier, count(*) FROM smsOutbox WHERE state = 'submitting' GROUP BY carrier", in: db)
            let used = try Self.used(at: context.clock.now, limits: limits, in: db)
            let dead = try Int.fetchOne(db, sql: "SELECT count(*) FROM smsDeadLetter") ?? 0
            let counts = [("queued", queued), ("held", held), ("submitting", underWay)]
            return counts.flatMap(Self.outbox) + used + [
                Gauge("dead_letters", help: "Messages that were given up.", value: Double(dead))
            ]
        }
    }

    private static func used(at now: Date, limits: SendLimits.Table, in db: Database) throws -> [Gauge] {
        let domains = try DomainID.fetchAll(db, sql: "SELECT DISTINCT domainId FROM smsUsage")
        let used = try domains.map { domain in
            Gauge(
                "segments_within_a_day", help: "SMS that the domain has queued in the last 24 hours.",
                labels: ["domain": domain.rawValue],
                value: Double(try DailyUsage(domain: domain).total(at: now, in: db)))
        }
        return used
            + domains.map { domain in
                Gauge(
                    "segments_a_day_limit", help: "SMS that the domain may queue in 24 hours.",
                    labels: ["domain": domain.rawValue], value: Double(limits.limits(of: domain).segmentsPerDay))
            }
    }

    private static func count(_ sql: String, in db: Database) throws -> [(carrier: String, count: Int)] {
        try Row.fetchAll(db.cachedStatement(sql: sql)).map { ($0[0], $0[1]) }
    }

    private static func outbox(_ state: String, _ counts: [(carrier: String, count: Int)]) -> [Gauge] {
        counts.map { carrier, count in
            Gauge(
                "outbox_messages", help: "SMS, or parts of long ones, that wait for a carrier or for its answer.",
                labels: ["carrier": carrier, "state": state], value: Double(count))
        }
    }
}
