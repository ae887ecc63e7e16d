/// Figures for whoever watches the server. Provided by plugins that have something to count; `/metrics` shows them to
/// Prometheus.
public protocol MetricSource: Sendable {
    /// The figures as they are now.
    ///
    /// Asked at every scrape: read them from memory or with one short query. What throws is left out and logged.
    func gauges() async throws -> [Gauge]
}

/// A figure that goes up and down.
public struct Gauge: Sendable, Equatable {
    /// What is counted, with its unit: `outbox_messages`. Lower-case letters, digits and underscores; the host puts
    /// `patchbay_`, the plugin's id and an underscore before it.
    public let name: String
    /// What it says, in a sentence.
    public let help: String
    /// What tells figures of one name apart, such as the carrier; names like `name`. Nothing about single people.
    public let labels: [String: String]
    /// The figure; times are seconds.
    public let value: Double

    /// Makes a figure. Those of one name need the same sentence, and different labels.
    public init(_ name: String, help: String, labels: [String: String] = [:], value: Double) {
        self.name = name
        self.help = help
        self.labels = labels
        self.value = value
    }
}
