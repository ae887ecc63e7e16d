import Foundation
import PatchbaySDK

/// Keeps a plugin's `run()` going: when it throws, again after 1 s, then doubling to 60 s.
struct Supervisor: Sendable {
    /// How the background work stands.
    enum Health: Sendable, Equatable {
        case sound
        /// It threw; the sentences say what, and what to do if the plugin knows.
        case failing(String, mend: String?)
    }

    let instance: any Plugin
    let clock: any PortalClock
    let report: @Sendable (Health) -> Void

    static let firstWait = Duration.seconds(1)
    static let longestWait = Duration.seconds(60)
    /// After so long without a failure the plugin counts as sound again.
    static let steadyAfter = Duration.seconds(10)

    /// Returns when `run()` has returned, or the task is cancelled.
    func supervise() async {
        var wait = Self.firstWait
        var isFailing = false
        while !Task.isCancelled {
            let attempt = await attempt(isFailing: isFailing)
            guard let failure = attempt.failure else {
                if isFailing { report(.sound) }
                return
            }
            if Task.isCancelled { return }
            if attempt.wasSteady { wait = Self.firstWait }
            isFailing = true
            report(.failing(sentence(of: failure), mend: (failure as? PortalError)?.details["mend"]))
            do { try await clock.sleep(for: wait) } catch { return }
            wait = min(wait * 2, Self.longestWait)
        }
    }

    private struct Attempt: Sendable {
        /// Nil when `run()` returned.
        var failure: (any Error)?
        var wasSteady: Bool
    }

    /// Runs once, and meanwhile reports that all is well again when it has lasted.
    private func attempt(isFailing: Bool) async -> Attempt {
        await withTaskGroup(of: (hasEnded: Bool, failure: (any Error)?).self) { group in
            group.addTask {
                do {
                    try await instance.run()
                    return (true, nil)
                } catch {
                    return (true, error)
                }
            }
            group.addTask {
                let hasLasted = (try? await clock.sleep(for: Self.steadyAfter)) != nil
                return (false, hasLasted ? nil : CancellationError())
            }
            var wasSteady = false
            for await part in group {
                if part.hasEnded {
                    group.cancelAll()
                    return Attempt(failure: part.failure, wasSteady: wasSteady)
                }
                wasSteady = part.failure == nil
                if wasSteady, isFailing { report(.sound) }
            }
            return Attempt(failure: nil, wasSteady: wasSteady)
        }
    }
}
