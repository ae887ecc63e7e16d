import PatchbaySDK
import Synchronization

/// Waits for plugins, but not for ever: one that neither answers nor listens when it is cancelled is left behind.
enum Patience {
    /// What comes of `work`, which is cancelled when it takes longer than `limit` or the caller is cancelled.
    ///
    /// - Returns: `nil` when `limit` has passed first.
    static func outcome<Value: Sendable>(
        within limit: Duration, clock: any PortalClock, of work: @escaping @Sendable () async throws -> Value
    ) async -> Result<Value, any Error>? {
        // Not a child of this task, which would have to wait for its end. Cancelled below.
        let asked = Task { try await work() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = FirstAnswer(continuation)
                // Both tasks end by themselves: the first cancels the second.
                let watch = Task {
                    guard (try? await clock.sleep(for: limit)) != nil else { return }
                    asked.cancel()
                    answer.give(nil)
                }
                Task {
                    let result = await asked.result
                    watch.cancel()
                    answer.give(result)
                }
            }
        } onCancel: {
            asked.cancel()
        }
    }
}

/// Resumes a continuation once, with the answer that comes first.
private final class FirstAnswer<Answer: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Answer, Never>?>

    init(_ continuation: CheckedContinuation<Answer, Never>) { self.continuation = Mutex(continuation) }

    func give(_ answer: Answer) {
        let waiting = continuation.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        waiting?.resume(returning: answer)
    }
}
