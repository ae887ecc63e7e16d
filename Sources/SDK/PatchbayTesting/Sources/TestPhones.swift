import PatchbaySDK
import Synchronization

/// A PBX that keeps the calls it was asked to place and says what the test lets phones do.
public final class TestPhones: ClickToCall, PhonePresence, Sendable {
    private struct State {
        var placed: [CallRequest] = []
        var cancelled: [CallID] = []
        var states: [DomainID: [String: PhoneState]] = [:]
    }

    private let state = Mutex(State())

    init() {}

    /// Every call that was placed, oldest first.
    public var placed: [CallRequest] { state.withLock { $0.placed } }

    /// Every call that was hung up, oldest first.
    public var cancelled: [CallID] { state.withLock { $0.cancelled } }

    /// Lets the phone of `person` do something.
    public func set(_ phone: PhoneState, of person: TestPerson) {
        state.withLock { $0.states[person.domain, default: [:]][person.extension] = phone }
    }

    /// Keeps the call; a repeat of its id is the same call.
    public func place(_ request: CallRequest) async throws {
        state.withLock { state in
            if !state.placed.contains(where: { $0.id == request.id }) { state.placed.append(request) }
        }
    }

    /// Keeps that the call was hung up.
    public func cancel(_ call: CallID, for caller: Caller) async throws { state.withLock { $0.cancelled.append(call) } }

    /// The states that the test has set; an extension without one is missing.
    public func states(of extensions: [String], in domain: DomainID) -> [String: PhoneState] {
        state.withLock { state in
            (state.states[domain] ?? [:]).filter { extensions.contains($0.key) }
        }
    }
}
