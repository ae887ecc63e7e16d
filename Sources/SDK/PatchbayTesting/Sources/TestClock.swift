import Foundation
import PatchbaySDK
import Synchronization

/// A clock that stands still until the test moves it.
///
/// ```swift
/// try await host.whileRunning {
///     try await host.clock.waitForSleepers()        // the worker has nothing to do
///     host.clock.advance(by: .seconds(30))          // now it has
/// }
/// ```
public final class TestClock: PortalClock, Sendable {
    /// Thrown by `waitForSleepers` when nobody went to sleep for 60 s of real time.
    public struct NobodySleeps: Error, CustomStringConvertible {
        /// What the test's failure says.
        public var description: String { "Nothing called clock.sleep within 60 s of real time." }
    }

    private struct Sleeper {
        let deadline: Duration
        let wake: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        let count: Int
        let notify: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Date
        var elapsed = Duration.zero
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Int: Watcher] = [:]
        var cancelled: Set<Int> = []
    }

    private let state: Mutex<State>

    /// - Parameter now: Where the clock starts; Sunday 22 November 2026, 10:00 UTC if left out.
    public init(at now: Date = Date(timeIntervalSince1970: 1_795_341_600)) {
        state = Mutex(State(now: now))
    }

    /// The moment that the test has set.
    public var now: Date { state.withLock { $0.now } }

    /// How far the test has moved the clock with `advance(by:)`.
    public var elapsed: Duration { state.withLock { $0.elapsed } }

    /// How many tasks are asleep on this clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the clock forward and wakes those whose time has come, earliest first.
    ///
    /// A worker that wakes and sleeps again needs a further call: `waitForSleepers()`, then `advance(by:)`.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.adding(duration)
            state.elapsed += duration
            let due = state.sleepers.filter { $0.value.deadline <= state.elapsed }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due { sleeper.wake.resume() }
    }

    /// Sets the wall clock, forward or back, as an administrator or the summer time of a badly kept machine does. No time
    /// passes: nobody wakes.
    public func jump(by duration: Duration) { state.withLock { $0.now = $0.now.adding(duration) } }

    /// Waits until the test has moved the clock so far.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    public func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return try Task.checkCancellation() }
        let id = newID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let watchers: [Watcher]? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return nil }
                    state.sleepers[id] = Sleeper(deadline: state.elapsed + duration, wake: continuation)
                    let satisfied = state.watchers.filter { $0.value.count <= state.sleepers.count }
                    for watcher in satisfied.keys { state.watchers[watcher] = nil }
                    return Array(satisfied.values)
                }
                guard let watchers else { return continuation.resume(throwing: CancellationError()) }
                for watcher in watchers { watcher.notify.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                // Cancelled before it lay down: it finds its id here instead of falling asleep.
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.wake.resume(throwing: CancellationError())
        }
    }

    /// Waits until at least `count` tasks sleep on this clock: until the background work has run out of things to do.
    ///
    /// - Throws: `NobodySleeps` after 60 s of real time.
    public func waitForSleepers(_ count: Int = 1) async throws {
        let id = newID()
        // Cancelled as soon as the watcher has been told, or by the caller's own end.
        let limit = Task { [self] in
            try await Task.sleep(for: .seconds(60))
            state.withLock { $0.watchers.removeValue(forKey: id) }?.notify.resume(throwing: NobodySleeps())
        }
        defer { limit.cancel() }
        try await withCheckedThrowingContinuation { continuation in
            let isSatisfied = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers[id] = Watcher(count: count, notify: continuation)
                return false
            }
            if isSatisfied { continuation.resume() }
        }
    }

    private func newID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }
}

extension Date {
    fileprivate func adding(_ duration: Duration) -> Date {
        let (seconds, attoseconds) = duration.components
        return addingTimeInterval(Double(seconds) + Double(attoseconds) / 1e18)
    }
}
