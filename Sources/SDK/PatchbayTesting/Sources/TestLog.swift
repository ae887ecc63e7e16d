import PatchbaySDK
import Synchronization

/// Keeps the plugin's log lines.
public final class TestLog: Sendable {
    /// One line.
    public struct Line: Sendable, Equatable {
        /// How soon somebody should look.
        public let level: Log.Level
        /// What happened, without facts.
        public let text: String
        /// Ids, counts and durations, by name.
        public let facts: [String: String]
    }

    private let kept = Mutex<[Line]>([])

    init() {}

    /// Every line so far, oldest first.
    public var lines: [Line] { kept.withLock { $0 } }

    /// The log that the plugin writes to.
    var log: Log {
        Log { [self] level, text, facts in kept.withLock { $0.append(Line(level: level, text: text, facts: facts)) } }
    }
}
