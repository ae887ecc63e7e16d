import PatchbaySDK
import Synchronization

/// What the plugins of one test have done, in order.
final class LoadingDiary: Sendable {
    private struct Waiter {
        let line: String
        let times: Int
        let wake: CheckedContinuation<Void, Never>
    }

    private struct State {
        var lines: [String] = []
        var waiters: [Waiter] = []

        mutating func takeSatisfied() -> [Waiter] {
            let satisfied = waiters.filter { waiter in lines.count { $0 == waiter.line } >= waiter.times }
            waiters.removeAll { waiter in lines.count { $0 == waiter.line } >= waiter.times }
            return satisfied
        }
    }

    private let state = Mutex(State())

    /// The diary of the test that is running; plugins find it here.
    @TaskLocal static var current = LoadingDiary()

    var lines: [String] { state.withLock(\.lines) }

    func note(_ line: String) {
        let satisfied = state.withLock { state in
            state.lines.append(line)
            return state.takeSatisfied()
        }
        for waiter in satisfied { waiter.wake.resume() }
    }

    /// Waits until `line` has been noted so many times.
    func wait(for line: String, times: Int = 1) async {
        await withCheckedContinuation { wake in
            let satisfied = state.withLock { state in
                state.waiters.append(Waiter(line: line, times: times, wake: wake))
                return state.takeSatisfied()
            }
            for waiter in satisfied { waiter.wake.resume() }
        }
    }
}
