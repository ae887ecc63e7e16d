import PatchbaySDK
import Synchronization

/// Keeps the plugin's log lines.
public final class TestLog: Sendable {
    /// One line.
    public struct Line: Sendable, Equatable {
        public let level: Log.Level
        public let text: String
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
