import Foundation
import PatchbaySDK
import Synchronization

/// The machine's clock, which can be put back while the demo's past is made.
final class DemoClock: PortalClock {
    private let system = SystemClock()
    private let behind = Mutex(Duration.zero)

    var now: Date { system.now.addingTimeInterval(-(behind.withLock { $0 } / Duration.seconds(1))) }
    /// It goes with `now`, so that limits by the minute see the pauses of the past.
    var elapsed: Duration { system.elapsed - behind.withLock { $0 } }

    func sleep(for duration: Duration) async throws { try await system.sleep(for: duration) }

    /// Puts it to a moment of the past, from which it goes on.
    func set(to moment: Date) { behind.withLock { $0 = .seconds(system.now.timeIntervalSince(moment)) } }

    /// Puts it right.
    func reset() { behind.withLock { $0 = .zero } }
}
