import Synchronization

/// Counts for Prometheus: the few that somebody looks at, behind one lock.
public final class Metrics: Sendable {
    private struct RequestKey: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct State {
        var requests: [RequestKey: Int] = [:]
        var durationBuckets = [Int](repeating: 0, count: Metrics.boundsInSeconds.count + 1)
        var durationSumInSeconds = 0.0
        var unverifiedWebhooks: [String: Int] = [:]
        var pluginFaults: [String: Int] = [:]
        var streams = 0
    }

    /// Upper bounds of the duration histogram.
    private static let boundsInSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private let state = Mutex(State())

    /// Makes a set of counts, all zero.
    public init() {}

    /// Counts a request that was answered.
    func count(method: String, route: String, status: Int, took duration: Duration) {
        let seconds = duration / .seconds(1)
        let bucket = Self.boundsInSeconds.firstIndex { seconds <= $0 } ?? Self.boundsInSeconds.count
        state.withLock {
            $0.requests[RequestKey(method: method, route: route, status: status), default: 0] += 1
            $0.durationBuckets[bucket] += 1
            $0.durationSumInSeconds += seconds
        }
    }

    /// Counts a webhook that its plugin refused as not verified.
    func countUnverifiedWebhook(plugin: String) { state.withLock { $0.unverifiedWebhooks[plugin, default: 0] += 1 } }

    /// Counts a plugin that threw something of its own.
    func countPluginFault(plugin: String) { state.withLock { $0.pluginFaults[plugin, default: 0] += 1 } }

    func streamOpened() { state.withLock { $0.streams += 1 } }
    func streamClosed() { state.withLock { $0.streams -= 1 } }

    /// The Prometheus text (exposition format 0.0.4).
    ///
    /// - Parameter others: Further figures that others keep.
    func text(with others: [MetricFamily]) -> String {
        let state = state.withLock { $0 }
        var lines = [
            "# HELP patchbay_http_requests_total Requests answered.", "# TYPE patchbay_http_requests_total counter",
        ]
        for (key, count) in state.requests.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) })
        {
            lines.append(
                "patchbay_http_requests_total{method=\"\(key.method)\",route=\"\(key.route)\","
                    + "status=\"\(key.status)\"} \(count)"
            )
        }
        lines += [
            "# HELP patchbay_http_request_duration_seconds From the header to the answer.",
            "# TYPE patchbay_http_request_duration_seconds histogram",
        ]
        var total = 0
        for (bound, count) in zip(Self.boundsInSeconds.map { "\($0)" } + ["+Inf"], state.durationBuckets) {
            total += count
            lines.append("patchbay_http_request_duration_seconds_bucket{le=\"\(bound)\"} \(total)")
        }
        lines.append("patchbay_http_request_duration_seconds_sum \(state.durationSumInSeconds)")
        lines.append("patchbay_http_request_duration_seconds_count \(total)")
        lines +=
            Self.counter(
                "patchbay_webhook_unverified_total", "Webhooks refused as not verified.", state.unverifiedWebhooks
            ).lines
        lines +=
            Self.counter(
                "patchbay_plugin_faults_total", "Requests that a plugin broke.", state.pluginFaults
            ).lines
        let streams = MetricFamily(
            "patchbay_sse_streams", .gauge, help: "Event streams that are open.", Double(state.streams))
        lines += ([streams] + others).flatMap(\.lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func counter(_ name: String, _ help: String, _ counts: [String: Int]) -> MetricFamily {
        MetricFamily(
            name, .counter, help: help,
            samples: counts.sorted { $0.key < $1.key }.map { (["plugin": $0.key], Double($0.value)) })
    }
}
