import Synchronization

/// Wakes a plugin's worker when there is something to do. Rung often, it wakes once: nothing piles up.
///
/// Ring it when the work is on disk: `db.afterNextTransaction { _ in bell.ring() }`.
public final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Makes a bell that hasn't been rung.
    public init() {}

    /// Wakes who waits, or lets the next wait return at once.
    public func ring() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRung = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits until the bell is rung, `limit` has passed or the task is cancelled. One waiter at a time.
    public func wait(atMost limit: Duration?, clock: any PortalClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            if let limit {
                group.addTask { do { try await clock.sleep(for: limit) } catch {} }
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }?.resume()
        }
    }
}
