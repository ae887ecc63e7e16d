import Synchronization

/// Wakes a plugin's worker when there is something to do. Rung often, it wakes once: nothing piles up. Several who wait are
/// all woken.
///
/// Ring it when the work is on disk: `db.afterNextTransaction { _ in bell.ring() }`.
public final class Bell: Sendable {
    private struct State {
        var isRung = false
        var nextID = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Makes a bell that hasn't been rung.
    public init() {}

    /// Wakes all who wait, or lets the next wait return at once.
    public func ring() {
        let waiters = state.withLock { state in
            defer { state.waiters = [:] }
            if state.waiters.isEmpty { state.isRung = true }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until the bell is rung, `limit` has passed or the task is cancelled.
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
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
