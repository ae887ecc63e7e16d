import Foundation
import PatchbaySDK

/// Carries what is due to the carriers: each up to its window, none waiting for another.
///
/// It reads pages of the size of the window, so memory doesn't grow with the queue; and it sleeps until the bell rings
/// or the next row is due.
struct OutboxWorker: Sendable {
    private let store: any Store
    private let carriers: any Carriers
    private let clock: any PortalClock
    private let log: Log
    private let outbox: Outbox
    private let bell: Bell
    private let submitLimit: Duration
    private let retention: Retention
    /// How often old rows are looked for.
    private static let retentionInterval = Duration.seconds(3600)
    /// How soon a carrier that isn't running is looked for again.
    private static let carrierCheck = Duration.seconds(2)

    init(context: PluginContext, settings: SMSSettings, outbox: Outbox, bell: Bell) {
        store = context.store
        carriers = context.carriers
        clock = context.clock
        log = context.log
        self.outbox = outbox
        self.bell = bell
        submitLimit = settings.submitLimit
        retention = Retention(kept: settings.deliveryRecords, outbox: outbox, directory: context.directory)
    }

    func run() async throws {
        let outbox = outbox
        let unknown = try await store.write { db in try outbox.recover(in: db) }
        if unknown > 0 { log.warning("submits without an answer are repeated", ["count": String(unknown)]) }
        let underWay = SubmitsUnderWay()
        var sweep = Sweep(nextAt: clock.elapsed)
        var wall = WallClock(clock)
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let due = try await nextLook(underWay, &wall, in: &group)
                let next = [due, timeLeft(of: underWay), try await forgetOld(&sweep)].compactMap(\.self).min()
                if next != .zero { await bell.wait(atMost: next, clock: clock) }
            }
        }
    }

    /// Lets the pauses between attempts go on as they were when somebody has set the clock: neither an hour longer nor all
    /// over at once. What is held until a moment of the day is held until then by the new time.
    private func follow(_ wall: inout WallClock) async throws {
        let step = wall.step(clock)
        guard step != .zero else { return }
        log.warning("the clock was set", ["seconds": String(step.components.seconds)])
        let outbox = outbox
        try await store.write { db in try outbox.clockWasSet(by: step, in: db) }
        wall.follow(step)
    }

    /// Ends the submits whose time is up; how long until the next one's is.
    private func timeLeft(of underWay: SubmitsUnderWay) -> Duration? {
        underWay.endOverdue(at: clock.elapsed).map { $0 - clock.elapsed }
    }

    /// How far the removal of old rows has come.
    private struct Sweep {
        /// By the clock's `elapsed`.
        var nextAt: Duration
        var lastID = 0
    }

    /// Removes one batch of old rows when it is time, so that sending goes on in between; how long until the next.
    private func forgetOld(_ sweep: inout Sweep) async throws -> Duration {
        if clock.elapsed >= sweep.nextAt {
            let (retention, lastID, now) = (retention, sweep.lastID, clock.now)
            do {
                if let id = try await store.write({ try retention.step(after: lastID, now: now, in: $0) }) {
                    sweep.lastID = id
                    return .zero
                }
            } catch let error as PortalError where error.retryAfter != nil {
                log.warning("old deliveries not removed", ["error": error.id])
            }
            sweep = Sweep(nextAt: clock.elapsed + Self.retentionInterval)
        }
        return sweep.nextAt - clock.elapsed
    }

    /// Sends what is due; when the store can't be written just now, only says when to look again.
    private func nextLook(
        _ underWay: SubmitsUnderWay, _ wall: inout WallClock,
        in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws -> Duration? {
        do {
            try await follow(&wall)
            return try await sendWhatIsDue(underWay, in: &group)
        } catch let error as PortalError {
            // Ending here would cancel the submits that are under way, and they would be repeated.
            guard let pause = error.retryAfter else { throw error }
            log.warning("the outbox waits for the store", ["error": error.id])
            return max(.seconds(1), min(pause, .seconds(5)))
        }
    }

    /// - Returns: how long until something may be due again, if nothing rings before; zero to look again at once.
    private func sendWhatIsDue(
        _ underWay: SubmitsUnderWay, in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws -> Duration? {
        let outbox = outbox
        let waiting = try await store.read { db in try Lane.waiting(in: db) }
        var next: Duration?
        for (id, nextAt) in waiting {
            guard let carrier = carriers.carrier(id) else {
                next = min(next ?? Self.carrierCheck, Self.carrierCheck)
                continue
            }
            let free = carrier.window - underWay.count(of: id)
            // With no room, the end of a submit rings.
            guard free > 0 else { continue }
            let wait = Duration.milliseconds(nextAt - clock.now.milliseconds)
            guard wait <= .zero else {
                next = min(next ?? wait, wait)
                continue
            }
            let claimed = try await store.write { db in try outbox.claim(for: id, limit: free, in: db) }
            for entry in claimed {
                let submit = Submit(entry, deadline: clock.elapsed + submitLimit)
                underWay.begin(submit)
                group.addTask {
                    guard let outcome = await outcome(of: submit, by: carrier) else { return }
                    underWay.end(submit)
                    // It rings when it is on disk, and the worker looks again.
                    await record(outcome, of: entry)
                }
            }
            next = claimed.isEmpty ? min(next ?? .seconds(1), .seconds(1)) : .zero
        }
        return next
    }

    /// What has become of `submit`; `nil` when the worker ends before it is known.
    private func outcome(of submit: Submit, by carrier: any SMSCarrier) async -> SubmitOutcome? {
        // Cancelled below. A child task won't do: its parent would wait for a carrier that ignores its cancellation.
        let work = Task {
            guard let outcome = await ask(carrier, submit.entry), !submit.end(.outcome(outcome)) else { return }
            // Too late, but it saves the customer the same message again if the next attempt hasn't begun.
            // In a task that isn't cancelled, or nothing could be written; it ends by itself.
            if case .accepted = outcome { Task { await record(outcome, of: submit.entry) } }
        }
        defer { work.cancel() }
        switch await submit.ending() {
        case .outcome(let outcome): return outcome
        case .cancelled: return nil
        case .overdue:
            log.warning(
                "carrier doesn't answer",
                ["carrier": submit.entry.carrier.rawValue, "message": submit.entry.message.rawValue])
            return .refused(.temporary(reason: "The carrier did not answer in time."))
        }
    }

    /// What the carrier says; `nil` when nobody waits for it any more.
    private func ask(_ carrier: any SMSCarrier, _ entry: OutboxEntry) async -> SubmitOutcome? {
        do {
            return .accepted(carrierMessageID: try await carrier.submit(entry.sms))
        } catch let error as CarrierError {
            return .refused(error)
        } catch  where Task.isCancelled {
            return nil
        } catch {
            log.warning("carrier failed", ["carrier": entry.carrier.rawValue, "error": "\(error)"])
            return .refused(.temporary(reason: "The carrier could not take the message just now."))
        }
    }

    /// Stores `outcome`, however long the store can't: what the carrier has taken must not be sent again.
    private func record(_ outcome: SubmitOutcome, of entry: OutboxEntry) async {
        let outbox = outbox
        // It ends early with the worker only: the next one finds the submit without an answer.
        try? await store.writeUntilStored("outcome", ["message": entry.message.rawValue], clock: clock, log: log) {
            db in
            try outbox.settle(entry, outcome, in: db)
        }
    }
}
