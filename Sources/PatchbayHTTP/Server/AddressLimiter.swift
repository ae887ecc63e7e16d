import Foundation
import PatchbaySDK
import Synchronization

/// Limits how often one address may ask for something, by whole minutes.
final class AddressLimiter: Sendable {
    private struct State {
        var minute = 0
        var counts: [String: Int] = [:]
    }

    /// More addresses a minute than this and the rest share one count, so that memory stays bounded.
    private static let mostAddresses = 50_000
    private let perMinute: Int
    private let clock: any PortalClock
    private let state = Mutex(State())

    init(perMinute: Int, clock: any PortalClock) {
        self.perMinute = perMinute
        self.clock = clock
    }

    /// Counts one request of `address`.
    ///
    /// - Throws: `PortalError.rateLimited` (`request.too-many`) above the limit.
    func admit(_ address: String) throws(PortalError) {
        let seconds = Int(clock.now.timeIntervalSince1970)
        let count = state.withLock { state in
            if state.minute != seconds / 60 { state = State(minute: seconds / 60) }
            let key = state.counts[address] == nil && state.counts.count >= Self.mostAddresses ? "" : address
            state.counts[key, default: 0] += 1
            return state.counts[key] ?? 0
        }
        guard count > perMinute else { return }
        throw PortalError(
            .rateLimited(retryAfter: .seconds(60 - seconds % 60)), id: "request.too-many",
            "Too many requests from your address. Wait a minute and try again.")
    }
}
