import PatchbayHost
import PatchbaySDK

/// What `/metrics` shows besides the counts of requests: the host's own figures and those of plugins.
struct MetricsPage: Sendable {
    let portal: Portal

    func families() async -> [MetricFamily] { host + (await plugins()) }

    private var host: [MetricFamily] {
        let commits = portal.store.commitCounts
        let handOver = portal.events.handOver
        let states = portal.plugins.statuses
        return [
            MetricFamily(
                "patchbay_store_batches", .gauge, help: "Transactions that were committed.", Double(commits.batches)),
            MetricFamily(
                "patchbay_store_writes", .gauge, help: "Writes in those transactions.", Double(commits.calls)),
            MetricFamily(
                "patchbay_store_log_bytes", .gauge,
                help: "The write-ahead log; it grows while a program goes on reading the database.",
                Double(portal.store.logSizeInBytes)),
            MetricFamily(
                "patchbay_events_handed_over_total", .counter,
                help: "Commits with news that the streams of all readers have got.", Double(handOver.commits)),
            MetricFamily(
                "patchbay_events_hand_over_seconds_total", .counter,
                help: "From those commits until the streams had the news, summed up.", handOver.total / .seconds(1)),
            MetricFamily(
                "patchbay_events_longest_lag_seconds", .gauge,
                help: "How long the oldest news has waited for the slowest reader.",
                portal.events.longestLag / .seconds(1)),
            MetricFamily(
                "patchbay_plugins_running", .gauge, help: "Plugins that run.",
                Double(states.count { $0.state == .running })),
            MetricFamily(
                "patchbay_plugins_in_trouble", .gauge, help: "Plugins degraded or declined.",
                Double(states.count { $0.state == .degraded || $0.state == .declined })),
        ] + pushes
    }

    private var pushes: [MetricFamily] {
        guard let outcomes = portal.push?.outcomes else { return [] }
        return [
            MetricFamily(
                "patchbay_push_total", .counter, help: "What has become of pushes to browsers.",
                samples: outcomes.sorted { $0.key < $1.key }.map { (["outcome": $0.key], Double($0.value)) })
        ]
    }

    private func plugins() async -> [MetricFamily] {
        var families: [MetricFamily] = []
        for plugin in portal.plugins.running {
            guard let source = plugin.instance as? any MetricSource else { continue }
            do {
                let gauges = try await source.gauges()
                let names = Set(gauges.map(\.name)).sorted()
                families += names.filter(Self.isName).map { name in
                    let alike = gauges.filter { $0.name == name }
                    return MetricFamily(
                        "patchbay_\(plugin.id.rawValue.replacing("-", with: "_"))_\(name)", .gauge,
                        help: alike[0].help,
                        samples: alike.filter { $0.labels.keys.allSatisfy(Self.isName) }.map { ($0.labels, $0.value) })
                }
            } catch {
                portal.log.warning(
                    "plugin gives no figures",
                    metadata: ["plugin": "\(plugin.id)", "error": "\(LogSafe.text(of: error))"])
            }
        }
        return families
    }

    private static func isName(_ text: String) -> Bool { text.wholeMatch(of: /[a-z][a-z0-9_]{0,59}/) != nil }
}
