import PatchbaySDK
import Synchronization

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
    /// How soon a carrier that isn't running is looked for again.
    private static let carrierCheck = Duration.seconds(2)

    init(context: PluginContext, outbox: Outbox, bell: Bell) {
        store = context.store
        carriers = context.carriers
        clock = context.clock
        log = context.log
        self.outbox = outbox
        self.bell = bell
    }

    func run() async throws {
        let outbox = outbox
        let unknown = try await store.write { db in try outbox.recover(in: db) }
        if unknown > 0 { log.warning("submits without an answer are repeated", ["count": String(unknown)]) }
        let underWay = UnderWay()
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let next = try await nextLook(underWay, in: &group)
                if next != .zero { await bell.wait(atMost: next, clock: clock) }
            }
        }
    }

    /// Sends what is due; when the store can't be written just now, only says when to look again.
    private func nextLook(
        _ underWay: UnderWay, in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws -> Duration? {
        do {
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
        _ underWay: UnderWay, in group: inout ThrowingDiscardingTaskGroup<any Error>
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
                underWay.begin(id)
                group.addTask {
                    await carry(entry, by: carrier)
                    underWay.end(id)
                    bell.ring()
                }
            }
            next = claimed.isEmpty ? min(next ?? .seconds(1), .seconds(1)) : .zero
        }
        return next
    }

    private func carry(_ entry: OutboxEntry, by carrier: any SMSCarrier) async {
        let outcome: SubmitOutcome
        do {
            outcome = .accepted(carrierMessageID: try await carrier.submit(entry.sms))
        } catch let error as CarrierError {
            outcome = .refused(error)
        } catch  where Task.isCancelled {
            // Nobody knows what the carrier has done with it: the next start repeats it, with the next attempt's number.
            return
        } catch {
            log.warning("carrier failed", ["carrier": entry.carrier.rawValue, "error": "\(error)"])
            outcome = .refused(.temporary(reason: "The carrier could not take the message just now."))
        }
        await record(outcome, of: entry)
    }

    /// Stores `outcome`, however long the store can't: what the carrier has taken must not be sent again.
    private func record(_ outcome: SubmitOutcome, of entry: OutboxEntry) async {
        let outbox = outbox
        while true {
            do {
                return try await store.write { db in try outbox.settle(entry, outcome, in: db) }
            } catch {
                log.error("outcome not stored, trying again", ["message": entry.message.rawValue, "error": "\(error)"])
                do { try await clock.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }
}

/// How many submits are under way, by carrier.
private final class UnderWay: Sendable {
    private let counts = Mutex<[PluginID: Int]>([:])

    func count(of carrier: PluginID) -> Int { counts.withLock { $0[carrier] ?? 0 } }
    func begin(_ carrier: PluginID) { counts.withLock { $0[carrier, default: 0] += 1 } }
    func end(_ carrier: PluginID) { counts.withLock { $0[carrier, default: 1] -= 1 } }
}
