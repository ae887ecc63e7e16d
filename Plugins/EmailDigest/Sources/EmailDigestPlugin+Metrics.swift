import PatchbaySDK

extension EmailDigestPlugin: MetricSource {
    /// How many digests there are in each state; finished ones of the last 30 days.
    public func gauges() async throws -> [Gauge] {
        let counts = try await context.store.read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT state, count(*) AS n FROM emailDigest GROUP BY state")
            ).map { row in (row["state"] as String, row["n"] as Int) }
        }
        let byState = Dictionary(counts) { first, _ in first }
        return Digest.State.allCases.map { state in
            Gauge(
                "digests", help: "E-mails about unread messages; finished ones of the last 30 days.",
                labels: ["state": state.rawValue], value: Double(byState[state.rawValue] ?? 0))
        }
    }
}
