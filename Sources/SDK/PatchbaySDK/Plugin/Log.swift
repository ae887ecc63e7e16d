/// Where a plugin's log lines go. One line per outcome: verb, ids, duration; never message texts or full numbers.
public struct Log: Sendable {
    /// How soon somebody should look.
    public enum Level: String, Sendable, CaseIterable {
        case debug, info
        /// Somebody should look this week.
        case warning
        /// Somebody should look now.
        case error
    }

    private let write: @Sendable (Level, String, [String: String]) -> Void

    /// Makes a log that hands every line to `write`.
    public init(_ write: @escaping @Sendable (Level, String, [String: String]) -> Void) { self.write = write }

    /// Writes what only somebody who looks for a fault wants to know.
    public func debug(_ line: String, _ facts: [String: String] = [:]) { write(.debug, line, facts) }
    /// Writes an outcome that is as it should be.
    public func info(_ line: String, _ facts: [String: String] = [:]) { write(.info, line, facts) }
    /// Writes what somebody should look at this week.
    public func warning(_ line: String, _ facts: [String: String] = [:]) { write(.warning, line, facts) }
    /// Writes what somebody should look at now.
    public func error(_ line: String, _ facts: [String: String] = [:]) { write(.error, line, facts) }
}
