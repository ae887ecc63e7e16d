/// The figures of one name, as Prometheus reads them (exposition format 0.0.4).
struct MetricFamily: Sendable {
    enum Kind: String {
        /// Only grows while the server runs.
        case counter
        case gauge
    }

    let name: String
    let help: String
    let kind: Kind
    let samples: [(labels: [String: String], value: Double)]

    init(
        _ name: String, _ kind: Kind, help: String, samples: [(labels: [String: String], value: Double)]
    ) {
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }

    /// A single figure.
    init(_ name: String, _ kind: Kind, help: String, _ value: Double) {
        self.init(name, kind, help: help, samples: [([:], value)])
    }

    var lines: [String] {
        ["# HELP \(name) \(Self.escaped(help, quoted: false))", "# TYPE \(name) \(kind.rawValue)"]
            + samples.map { sample in
                let labels = sample.labels.sorted { $0.key < $1.key }
                    .map { "\($0.key)=\"\(Self.escaped($0.value, quoted: true))\"" }
                return name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}") + " \(sample.value)"
            }
    }

    private static func escaped(_ text: String, quoted: Bool) -> String {
        let plain = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quoted ? plain.replacing("\"", with: "\\\"") : plain
    }
}
