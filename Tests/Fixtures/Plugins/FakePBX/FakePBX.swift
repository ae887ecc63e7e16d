import PatchbaySDK
import Synchronization

/// A PBX adapter without a PBX: it keeps the rules of the SDK, notes which leg is placed when, and its phones do what a
/// test says.
public final class FakePBX: Plugin, ClickToCall, PhonePresence, SelfTest {
    /// The id in its plugin.json.
    public static let id = PluginID(rawValue: "fake-pbx")

    /// A call with the legs that were placed, in order.
    public struct Line: Sendable, Equatable {
        /// What the host asked for.
        public let request: CallRequest
        /// What was dialled: the caller's own phone first.
        public var legs: [String]
        /// Where it stands.
        public var step: CallStep
    }

    private struct State {
        var lines: [Line] = []
        var phones: [DomainID: [String: PhoneState]] = [:]
        var isReachable = true
    }

    private let state = Mutex(State())
    private let switchboard: any Switchboard
    private let servedDomain: String

    /// Reads which domain has phones.
    public init(context: PluginContext) throws {
        switchboard = context.switchboard
        servedDomain = try context.settings.string("servedDomain")
    }

    /// Every call, oldest first.
    public var lines: [Line] { state.withLock { $0.lines } }

    // MARK: ClickToCall

    /// Whether its one domain, if it has one, is `domain`.
    public func serves(_ domain: DomainID) -> Bool { servedDomain.isEmpty || domain.rawValue == servedDomain }

    /// Dials the caller's own phone, and nothing else yet.
    public func place(_ request: CallRequest) async throws {
        let isNew = try state.withLock { state in
            guard state.isReachable else { throw Self.unreachable }
            guard state.phones[request.caller.domain]?[request.extension] != .offline else {
                throw PortalError(
                    .conflict, id: "calls.no-phone", "Your phone is not connected. Check that it is on, then try again."
                )
            }
            guard !state.lines.contains(where: { $0.request.id == request.id }) else { return false }
            state.lines.append(Line(request: request, legs: [request.extension], step: .ringing))
            return true
        }
        if isNew { try await switchboard.moved(request.id, to: .ringing) }
    }

    /// Hangs up.
    public func cancel(_ call: CallID, for caller: Caller) async throws {
        guard state.withLock({ $0.isReachable }) else { throw Self.unreachable }
        try await move(call, to: .cancelled)
    }

    // MARK: What the test makes its phones do

    /// Leg 1 is answered: now, and only now, the destination is dialled.
    public func answerOwnPhone(_ call: CallID) async throws {
        let isNew = state.withLock { state in
            guard let index = state.lines.firstIndex(where: { $0.request.id == call && $0.step == .ringing }) else {
                return false
            }
            state.lines[index].legs.append(state.lines[index].request.destination.dialled)
            return true
        }
        if isNew { try await move(call, to: .connecting) }
    }

    /// Something happens to the call.
    public func move(_ call: CallID, to step: CallStep) async throws {
        let isNews = state.withLock { state in
            guard let index = state.lines.firstIndex(where: { $0.request.id == call && !$0.step.isOver }) else {
                return false
            }
            state.lines[index].step = step
            return true
        }
        if isNews { try await switchboard.moved(call, to: step) }
    }

    /// A phone does something.
    public func set(_ phone: PhoneState, _ extension: String, in domain: DomainID) {
        state.withLock { $0.phones[domain, default: [:]][`extension`] = phone }
        switchboard.phonesChanged([`extension`], in: domain)
    }

    /// The PBX goes away, or comes back with all its phones.
    public func setReachable(_ isReachable: Bool) {
        let phones = state.withLock { state in
            state.isReachable = isReachable
            return state.phones
        }
        guard isReachable else { return switchboard.phonesUnknown() }
        for (domain, states) in phones { switchboard.phonesChanged(Set(states.keys), in: domain) }
    }

    // MARK: PhonePresence and SelfTest

    /// What the test's phones do; nothing while the PBX is away.
    public func states(of extensions: [String], in domain: DomainID) -> [String: PhoneState] {
        state.withLock { state in
            guard state.isReachable else { return [:] }
            return (state.phones[domain] ?? [:]).filter { extensions.contains($0.key) }
        }
    }

    /// Says whether it knows the phone.
    public func selfTest(of phone: TestedPhone?) async -> [Diagnosis] {
        let connection = Diagnosis("Connection", .good, "The fake PBX answers.")
        guard let phone else { return [connection] }
        let known = states(of: [phone.extension], in: phone.domain)[phone.extension]
        let finding = known.map { Diagnosis("Phone", .good, "\(phone.extension) is \($0.rawValue).") }
        return [
            connection,
            finding ?? Diagnosis("Phone", .bad, "Nobody knows \(phone.extension).", mend: "Add it to the fake PBX."),
        ]
    }

    private static let unreachable = PortalError(
        .unavailable(retryAfter: .seconds(5)), id: "calls.no-pbx",
        "The phone system can't be reached just now. Try again in a minute.")
}
