import PatchbaySDK
import Synchronization

/// Keeps what a PBX adapter reports.
public final class TestSwitchboard: Switchboard, Sendable {
    private struct State {
        var steps: [CallID: [CallStep]] = [:]
        var changed: [DomainID: Set<String>] = [:]
        var timesUnknown = 0
    }

    /// One report about a call.
    public struct Report: Sendable, Equatable {
        /// Which call.
        public let call: CallID
        /// Where it stands.
        public let step: CallStep
    }

    /// The reports about calls as they come, for one task to wait for: `await host.switchboard.reports.first { … }`.
    public let reports: AsyncStream<Report>
    private let tell: AsyncStream<Report>.Continuation
    private let state = Mutex(State())

    init() { (reports, tell) = AsyncStream.makeStream() }

    /// What was reported about `call`, oldest first, repeats too.
    public func steps(of call: CallID) -> [CallStep] { state.withLock { $0.steps[call] ?? [] } }

    /// Every extension of `domain` whose phone was said to have changed.
    public func changedPhones(in domain: DomainID) -> Set<String> { state.withLock { $0.changed[domain] ?? [] } }

    /// How often all phones were said to be unknown.
    public var timesUnknown: Int { state.withLock { $0.timesUnknown } }

    /// Keeps the step.
    public func moved(_ call: CallID, to step: CallStep) async throws {
        state.withLock { $0.steps[call, default: []].append(step) }
        tell.yield(Report(call: call, step: step))
    }

    /// Keeps that these phones changed.
    public func phonesChanged(_ extensions: Set<String>, in domain: DomainID) {
        state.withLock { $0.changed[domain, default: []].formUnion(extensions) }
    }

    /// Keeps that the PBX was lost.
    public func phonesUnknown() { state.withLock { $0.timesUnknown += 1 } }
}
