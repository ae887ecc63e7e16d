import Synchronization

/// What has become of pushes since the start.
final class PushCounts: Sendable {
    private let counts = Mutex(["sent": 0, "retried": 0, "failed": 0, "removed": 0])

    var all: [String: Int] { counts.withLock { $0 } }

    /// - Parameter failed: How many of them were given up.
    func add(_ outcomes: [DuePush.Outcome], failed: Int) {
        counts.withLock { counts in
            counts["failed", default: 0] += failed
            for outcome in outcomes {
                switch outcome {
                case .sent: counts["sent", default: 0] += 1
                case .gone: counts["removed", default: 0] += 1
                case .later, .unreachable: counts["retried", default: 0] += 1
                case .settled, .refused: break
                }
            }
        }
    }
}
