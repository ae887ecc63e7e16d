import Foundation

/// Time, as plugins see it. Tests hand in one that they move.
public protocol PortalClock: Sendable {
    /// The present moment, UTC.
    var now: Date { get }

    /// Waits for `duration`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}

/// The machine's clock; sleeps are monotonic, so a jump of the wall clock doesn't matter to them.
public struct SystemClock: PortalClock {
    /// Makes a clock; all show the same time.
    public init() {}
    /// The machine's present moment, UTC.
    public var now: Date { Date() }
    /// Waits by the monotonic clock.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
