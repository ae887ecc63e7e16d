import Foundation

/// Time, as plugins see it. Tests hand in one that they move.
public protocol PortalClock: Sendable {
    /// The present moment, UTC.
    var now: Date { get }

    /// The time since some fixed moment, which goes on evenly when the wall clock is set: for deadlines and pauses.
    var elapsed: Duration { get }

    /// Waits for `duration`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}

extension PortalClock {
    /// As the wall clock goes, for a clock that has no other.
    public var elapsed: Duration { .milliseconds(now.milliseconds) }
}

/// The machine's clock; sleeps are monotonic, so a jump of the wall clock doesn't matter to them.
public struct SystemClock: PortalClock {
    /// Makes a clock; all show the same time.
    public init() {}
    /// The machine's present moment, UTC.
    public var now: Date { Date() }
    /// The monotonic time since the first use.
    public var elapsed: Duration { Self.start.duration(to: .now) }
    private static let start = ContinuousClock.now
    /// Waits by the monotonic clock.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
