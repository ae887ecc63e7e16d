import Foundation
import PatchbaySDK
import Synchronization

/// Sees what carriers bring, and keeps an eye on test messages that an administrator sends.
///
/// It is kept in memory: after a restart nothing has come in yet.
public final class CarrierDesk: Sendable {
    /// A message that an administrator sends to see whether a carrier works.
    public struct TestMessage: Sendable {
        /// What carriers and receipts know it by.
        public let id: MessageID
        /// All but the last three digits hidden.
        public let to: String
        /// Where it stands.
        public fileprivate(set) var state: State
        /// Why it failed, for people.
        public fileprivate(set) var reason: String?
        /// When it got there.
        public fileprivate(set) var at: Date

        /// Where a test message stands; it only moves forward.
        public enum State: String, Sendable, CaseIterable {
            case sending, accepted, sent, delivered, failed
        }
    }

    /// What has come in by a carrier.
    public struct Inbound: Sendable {
        /// When it came.
        public let at: Date
        /// All but the last three characters hidden.
        public let from: String
        /// Our number that it came to.
        public let to: PhoneNumber
        /// How many have come since the start.
        public let count: Int
    }

    private struct Seen {
        var inbound: Inbound?
        var test: TestMessage?
    }

    private let clock: any PortalClock
    private let seen = Mutex<[PluginID: Seen]>([:])

    /// Nothing has come in yet.
    public init(clock: any PortalClock) { self.clock = clock }

    /// The last that came in by `carrier` since the start.
    public func lastInbound(by carrier: PluginID) -> Inbound? { seen.withLock { $0[carrier]?.inbound } }

    /// The last test message by `carrier` since the start.
    public func lastTest(of carrier: PluginID) -> TestMessage? { seen.withLock { $0[carrier]?.test } }

    func note(_ sms: InboundSMS) {
        let now = clock.now
        seen.withLock { seen in
            let count = (seen[sms.carrier]?.inbound?.count ?? 0) + 1
            seen[sms.carrier, default: Seen()].inbound = Inbound(
                at: now, from: Self.masked(sms.from), to: sms.to, count: count)
        }
    }

    /// - Returns: whether it is about a test message, which the SMS plugin knows nothing of.
    func take(_ report: DeliveryReport) -> Bool {
        let (state, reason): (TestMessage.State, String?) =
            switch report.outcome {
            case .sent: (.sent, nil)
            case .delivered: (.delivered, nil)
            case .failed(let reason): (.failed, reason)
            }
        return move(report.message, to: state, reason: reason)
    }

    func begin(_ id: MessageID, to number: String, by carrier: PluginID) {
        let test = TestMessage(id: id, to: Self.masked(number), state: .sending, reason: nil, at: clock.now)
        seen.withLock { $0[carrier, default: Seen()].test = test }
    }

    @discardableResult
    func move(_ id: MessageID, to state: TestMessage.State, reason: String? = nil) -> Bool {
        let now = clock.now
        return seen.withLock { seen in
            guard let carrier = seen.first(where: { $0.value.test?.id == id })?.key, var test = seen[carrier]?.test
            else {
                return false
            }
            // A receipt can overtake the answer to the submit.
            if test.state.rank < state.rank { (test.state, test.reason, test.at) = (state, reason, now) }
            seen[carrier]?.test = test
            return true
        }
    }

    private static func masked(_ text: String) -> String { "…" + text.suffix(3) }
}

extension CarrierDesk.TestMessage.State {
    fileprivate var rank: Int { self == .failed ? 3 : Self.allCases.firstIndex(of: self) ?? 0 }
}
