import Foundation
import PatchbaySDK
import Synchronization

/// The calls that are under way, by the id of leg 1's channel, which is also the ActionID of the order.
final class CallDesk: Sendable {
    /// What follows from an event: a report, or channels to hang up.
    struct Outcome: Sendable, Equatable {
        var report: (call: CallID, step: CallStep)?
        var hangUp: [String] = []

        static func == (one: Outcome, other: Outcome) -> Bool {
            one.hangUp == other.hangUp && one.report?.call == other.report?.call
                && one.report?.step == other.report?.step
        }
    }

    private struct Entry {
        let call: CallID
        var follower: CallFollower
        /// The order failed as far as the portal knows: nothing is reported, and what rings after all is hung up.
        var isDisowned = false
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Since when nothing is heard of the calls.
        var lostAt: Date?
    }

    private let state = Mutex(State())
    /// How our channels' ids begin.
    static let prefix = "patchbay-"

    /// How long a call is kept of which nothing is heard: the connection may come back.
    private static let longestSilence: TimeInterval = 30
    private static let mostCalls = 10_000

    /// The channel of a call's leg 1.
    ///
    /// - Throws: `PortalError.invalid` (`asterisk.bad-call-id`) for an id that isn't made of letters, digits and hyphens.
    static func channel(of call: CallID) throws(PortalError) -> String {
        let isPlain = call.rawValue.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isPlain, (1...80).contains(call.rawValue.utf8.count) else {
            throw PortalError(.invalid, id: "asterisk.bad-call-id", "A call's id has letters, digits and hyphens only.")
        }
        return prefix + call.rawValue
    }

    /// Begins to follow a call.
    ///
    /// - Returns: whether it is new; asking twice places one call.
    func begin(_ call: CallID, channel: String) -> Bool {
        state.withLock { state in
            guard state.entries[channel] == nil else { return false }
            // Orders of which nothing was ever heard: a bound for a PBX that swallows them.
            if state.entries.count >= Self.mostCalls { state.entries = state.entries.filter { !$0.value.isDisowned } }
            state.entries[channel] = Entry(call: call, follower: CallFollower(channel: channel))
            return true
        }
    }

    /// Forgets a call that Asterisk has refused.
    func drop(_ channel: String) { state.withLock { _ = $0.entries.removeValue(forKey: channel) } }

    /// Asterisk may or may not have taken the order; the portal was told that it hasn't.
    func disown(_ channel: String) {
        state.withLock {
            $0.entries[channel]?.isDisowned = true
            $0.entries[channel]?.follower.isCancelled = true
        }
    }

    /// The user wants the call to end.
    ///
    /// - Returns: the channels to hang up; none for a call that is over, or whose leg 1 hasn't begun: that follows.
    func cancel(_ channel: String) -> [String] {
        state.withLock { state in
            guard state.entries[channel] != nil else { return [] }
            state.entries[channel]?.follower.isCancelled = true
            return state.entries[channel]?.follower.channels ?? []
        }
    }

    /// Takes an event, whichever it is.
    func take(_ event: AMIMessage) -> Outcome {
        state.withLock { state in
            guard let channel = Self.channel(in: event, among: state.entries), var entry = state.entries[channel] else {
                return Outcome()
            }
            let hadChannel = entry.follower.hasChannel
            let step = entry.follower.take(event)
            state.entries[channel] = entry.follower.isOver ? nil : entry
            var outcome = Outcome()
            if let step, !entry.isDisowned { outcome.report = (entry.call, step) }
            // Cancelled before there was anything to hang up.
            if entry.follower.isCancelled, entry.follower.hasChannel, !hadChannel { outcome.hangUp = [channel] }
            return outcome
        }
    }

    /// The connection is lost; calls go on without us, or not.
    func connectionLost(at now: Date) { state.withLock { $0.lostAt = $0.lostAt ?? now } }

    /// Ends the calls of which nothing was heard for too long.
    func giveUp(at now: Date) -> [Outcome] {
        state.withLock { state in
            guard let lostAt = state.lostAt, now.timeIntervalSince(lostAt) > Self.longestSilence else { return [] }
            return Self.end(state.entries.keys, as: .pbxUnreachable, in: &state)
        }
    }

    /// The connection is back, and these channels are all that there are.
    func reconcile(with channels: Set<String>) -> [Outcome] {
        state.withLock { state in
            guard state.lostAt != nil else { return [] }
            state.lostAt = nil
            return Self.end(state.entries.keys.filter { !channels.contains($0) }, as: .pbxUnreachable, in: &state)
        }
    }

    private static func end(
        _ channels: some Sequence<String>, as failure: CallFailure, in state: inout State
    ) -> [Outcome] {
        Array(channels).compactMap { channel in
            guard var entry = state.entries.removeValue(forKey: channel), let step = entry.follower.lose(failure),
                !entry.isDisowned
            else { return nil }
            return Outcome(report: (entry.call, step))
        }
    }

    /// The call that an event is about: its own channel, the one it dialled, or the one it was dialled by.
    private static func channel(in event: AMIMessage, among entries: [String: Entry]) -> String? {
        guard !entries.isEmpty else { return nil }
        for key in ["Uniqueid", "DestUniqueid", "Linkedid", "ActionID"] {
            if let value = event[key], entries[value] != nil { return value }
        }
        return nil
    }
}
