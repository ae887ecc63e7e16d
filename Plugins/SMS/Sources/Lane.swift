import PatchbaySDK

/// The queue to one destination of a carrier. Its rows go out one after the other: while one is under way or waits for
/// its next attempt, none overtakes it. Lanes don't wait for each other.
///
/// A lane has a row in `smsLane` as long as something waits in it. The row names the head, so finding what is due costs
/// the same however long the queues are.
struct Lane: Sendable, Hashable {
    let carrier: PluginID
    let domain: DomainID
    let remote: String

    /// Puts `entry`, new in the queue, at the head if nothing is ahead of it.
    ///
    /// A head that is only held until later is no obstacle; one that waits for its next attempt is.
    func join(_ entry: Int, notBefore: Int, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO smsLane (carrier, domainId, remote, headId, nextAt, isBusy) VALUES (?, ?, ?, ?, ?, 0)
                ON CONFLICT DO UPDATE SET headId = excluded.headId, nextAt = excluded.nextAt
                WHERE isBusy = 0 AND excluded.nextAt < nextAt
                    AND (SELECT attempt = 0 OR hold = 'held' FROM smsOutbox WHERE id = smsLane.headId)
                """
        ).execute(arguments: [carrier, domain, remote, entry, notBefore])
    }

    /// Marks the head as under way.
    func begin(in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE smsLane SET isBusy = 1 WHERE carrier = ? AND domainId = ? AND remote = ?")
            .execute(arguments: [carrier, domain, remote])
    }

    /// Lets the head, which stays, go again from `time`.
    func wait(until time: Int, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE smsLane SET isBusy = 0, nextAt = ? WHERE carrier = ? AND domainId = ? AND remote = ?"
        ).execute(arguments: [time, carrier, domain, remote])
    }

    /// Takes `entry`, which is done, from the head, and puts the next one there. Nothing happens if it isn't the head.
    func leave(_ entry: Int, in db: Database) throws {
        let mine: StatementArguments = [carrier, domain, remote]
        let head = try Int.fetchOne(
            try db.cachedStatement(
                sql: "SELECT headId FROM smsLane WHERE carrier = ? AND domainId = ? AND remote = ?"),
            arguments: mine)
        guard head == entry else { return }
        let next = try Row.fetchOne(
            try db.cachedStatement(
                sql: """
                    SELECT id, notBeforeAt FROM smsOutbox
                    WHERE carrier = ? AND domainId = ? AND remote = ? AND state = 'queued'
                    ORDER BY notBeforeAt, id LIMIT 1
                    """),
            arguments: mine)
        guard let next else {
            return try db.cachedStatement(sql: "DELETE FROM smsLane WHERE carrier = ? AND domainId = ? AND remote = ?")
                .execute(arguments: mine)
        }
        try db.cachedStatement(
            sql: """
                UPDATE smsLane SET headId = ?, nextAt = ?, isBusy = 0
                WHERE carrier = ? AND domainId = ? AND remote = ?
                """
        ).execute(arguments: [next["id"] as Int, next["notBeforeAt"] as Int] + mine)
    }

    /// The rows at the heads of `carrier`'s lanes that are due at `now`: at most `limit`, second attempts first.
    static func due(of carrier: PluginID, now: Int, limit: Int, in db: Database) throws -> [Int] {
        // A back-off that has ended goes before fresh messages, or a busy hour would starve it.
        let again = try Int.fetchAll(
            try db.cachedStatement(
                sql: """
                    SELECT headId FROM smsLane WHERE carrier = ? AND isBusy = 0 AND nextAt > 0 AND nextAt <= ?
                    ORDER BY nextAt, headId LIMIT ?
                    """),
            arguments: [carrier, now, (limit + 1) / 2])
        let fresh = try Int.fetchAll(
            try db.cachedStatement(
                sql: """
                    SELECT headId FROM smsLane WHERE carrier = ? AND isBusy = 0 AND nextAt = 0
                    ORDER BY headId LIMIT ?
                    """),
            arguments: [carrier, limit - again.count])
        return again + fresh
    }

    /// Moves the next attempts of what has been tried before, the clock having been set by `step`, to `latest` at most.
    static func shiftRetries(by step: Duration, latest: Int, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE smsLane SET nextAt = max(1, min(nextAt + ?, ?)) WHERE isBusy = 0 AND nextAt > 0
                    AND (SELECT attempt > 0 AND hold <> 'held' FROM smsOutbox WHERE id = smsLane.headId)
                """, arguments: [step.milliseconds, latest])
    }

    /// The carriers that something waits for, each with the moment of the first that isn't under way.
    static func waiting(in db: Database) throws -> [(carrier: PluginID, nextAt: Int)] {
        // Steps from carrier to carrier along the index; DISTINCT would read every lane.
        let rows = try Row.fetchAll(
            try db.cachedStatement(
                sql: """
                    WITH RECURSIVE step(carrier) AS (
                        SELECT min(carrier) FROM smsLane
                        UNION ALL
                        SELECT (SELECT min(carrier) FROM smsLane WHERE carrier > step.carrier)
                        FROM step WHERE step.carrier IS NOT NULL
                    )
                    SELECT carrier, (
                        SELECT min(nextAt) FROM smsLane WHERE smsLane.carrier = step.carrier AND isBusy = 0
                    ) AS nextAt
                    FROM step WHERE carrier IS NOT NULL
                    """))
        return rows.compactMap { row in
            guard let nextAt = row["nextAt"] as Int? else { return nil }
            return (row["carrier"], nextAt)
        }
    }
}
