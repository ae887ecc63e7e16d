import PatchbaySDK
import Synchronization

/// A running plugin with the task that supervises its `run()`.
struct LivePlugin: Sendable {
    let plugin: AdmittedPlugin
    let running: RunningPlugin
    /// Tells instances of the same plugin apart.
    let generation: Int
    /// Started by the registry and cancelled by it, when the plugin goes or the portal shuts down.
    var work: Task<Void, Never>?

    /// How long a `run()` may take to end once it is cancelled.
    static let patience = Duration.seconds(10)

    /// Cancels the background work and waits for its end.
    ///
    /// - Returns: `false` when the work hasn't ended within `patience`; it is left behind then.
    func end(clock: any PortalClock) async -> Bool {
        guard let work else { return true }
        work.cancel()
        return await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            // Both tasks end by themselves: the first cancels the second.
            let watch = Task {
                if (try? await clock.sleep(for: Self.patience)) != nil { answer.give(false) }
            }
            Task {
                await work.value
                watch.cancel()
                answer.give(true)
            }
        }
    }
}

/// Resumes a continuation once, with the answer that comes first.
private final class FirstAnswer: Sendable {
    private let continuation: Mutex<CheckedContinuation<Bool, Never>?>

    init(_ continuation: CheckedContinuation<Bool, Never>) { self.continuation = Mutex(continuation) }

    func give(_ answer: Bool) {
        let waiting = continuation.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        waiting?.resume(returning: answer)
    }
}
