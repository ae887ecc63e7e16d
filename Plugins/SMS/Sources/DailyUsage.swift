import Foundation
import PatchbaySDK

/// How many SMS a domain has queued in the last 24 hours, counted by the hour.
struct DailyUsage {
    private static let hour = 3_600_000
    let domain: DomainID

    /// The parts queued in the hour of `now` and the 23 before. What a clock that was wrong has put in the future doesn't
    /// count, or it would close the domain until then.
    func total(at now: Date, in db: Database) throws -> Int {
        let hour = now.milliseconds / Self.hour
        return try Int.fetchOne(
            try db.cachedStatement(
                sql: "SELECT coalesce(sum(parts), 0) FROM smsUsage WHERE domainId = ? AND hour BETWEEN ? AND ?"),
            arguments: [domain, hour - 23, hour]) ?? 0
    }

    /// Counts `parts` more.
    ///
    /// - Returns: the total with them.
    func add(_ parts: Int, at now: Date, in db: Database) throws -> Int {
        let hour = now.milliseconds / Self.hour
        try db.cachedStatement(
            sql: """
                INSERT INTO smsUsage (domainId, hour, parts) VALUES (?1, ?2, ?3)
                ON CONFLICT DO UPDATE SET parts = parts + excluded.parts
                """
        ).execute(arguments: [domain, hour, parts])
        try db.cachedStatement(sql: "DELETE FROM smsUsage WHERE domainId = ? AND hour < ?")
            .execute(arguments: [domain, hour - 47])
        return try total(at: now, in: db)
    }

    /// Whether people were told within a day that the domain nears its limit; notes that they are told now.
    func isFirstAlarm(at now: Date, in db: Database) throws -> Bool {
        try db.execute(
            sql: """
                INSERT INTO smsUsageAlarm (domainId, at) VALUES (?1, ?2)
                ON CONFLICT DO UPDATE SET at = excluded.at WHERE at > excluded.at OR at <= excluded.at - 86400000
                """, arguments: [domain, now.milliseconds])
        return db.changesCount > 0
    }
}
