import Foundation
import PatchbaySDK
import Synchronization

/// A submit under way. It ends with the carrier's answer or when its time is up, whichever comes first: a carrier that
/// never answers must not hold up the destination for ever.
final class Submit: Sendable {
    /// How a submit ended.
    enum Ending: Sendable {
        case outcome(SubmitOutcome)
        /// The carrier hasn't answered in time; nobody knows whether it has the message.
        case overdue
        /// The work ended first: the next start repeats the message, with the next attempt's number.
        case cancelled
    }

    private struct State {
        var ending: Ending?
        var waiter: CheckedContinuation<Ending, Never>?
    }

    let entry: OutboxEntry
    /// By the clock's `elapsed`.
    let deadline: Duration
    private let state = Mutex(State())

    init(_ entry: OutboxEntry, deadline: Duration) {
        self.entry = entry
        self.deadline = deadline
    }

    /// Ends the submit, unless something else has ended it before.
    ///
    /// - Returns: whether this is how it ended.
    @discardableResult
    func end(_ ending: Ending) -> Bool {
        let (isFirst, waiter): (Bool, CheckedContinuation<Ending, Never>?) = state.withLock { state in
            guard state.ending == nil else { return (false, nil) }
            state.ending = ending
            return (true, state.waiter.take())
        }
        waiter?.resume(returning: ending)
        return isFirst
    }

    /// Waits for the end; the cancellation of the task is one. For one waiter.
    func ending() async -> Ending {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ending = state.withLock { state in
                    if state.ending == nil { state.waiter = continuation }
                    return state.ending
                }
                if let ending { continuation.resume(returning: ending) }
            }
        } onCancel: {
            end(.cancelled)
        }
    }
}

/// The submits under way, by carrier.
final class SubmitsUnderWay: Sendable {
    private let submits = Mutex<[Int: Submit]>([:])

    /// How many of `carrier`'s window are taken.
    func count(of carrier: PluginID) -> Int { submits.withLock { $0.values.count { $0.entry.carrier == carrier } } }

    func begin(_ submit: Submit) { submits.withLock { $0[submit.entry.id] = submit } }

    func end(_ submit: Submit) { submits.withLock { $0[submit.entry.id] = nil } }

    /// Ends those whose time is up.
    ///
    /// - Returns: when the next one's will be.
    func endOverdue(at now: Duration) -> Duration? {
        let all = submits.withLock { Array($0.values) }
        for submit in all where submit.deadline <= now { submit.end(.overdue) }
        return all.lazy.map(\.deadline).filter { $0 > now }.min()
    }
}
