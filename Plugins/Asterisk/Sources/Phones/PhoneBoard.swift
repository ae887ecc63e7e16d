import PatchbaySDK
import Synchronization

/// What the phones of the served domains are doing, as Asterisk has told; nothing while it can't be asked.
final class PhoneBoard: PhonePresence, Sendable {
    private struct State {
        /// Whether the snapshot is complete and changes follow.
        var isLive = false
        /// By device, or by `extension@context` for hints.
        var phones: [String: PhoneState] = [:]
        var changed: [DomainID: Set<String>] = [:]
    }

    private let domains: [DomainID: ServedDomain]
    private let state = Mutex(State())
    /// More phones than any Asterisk has: a bound against nonsense.
    private static let mostPhones = 200_000

    init(domains: [DomainID: ServedDomain]) { self.domains = domains }

    /// Whether some domain goes by hints.
    var needsHints: Bool { domains.values.contains { $0.hints != nil } }

    func states(of extensions: [String], in domain: DomainID) -> [String: PhoneState] {
        guard let served = domains[domain] else { return [:] }
        return state.withLock { state in
            guard state.isLive else { return [:] }
            var states: [String: PhoneState] = [:]
            for one in extensions { states[one] = Self.key(of: one, in: served).flatMap { state.phones[$0] } }
            return states
        }
    }

    /// Takes an event, whichever it is.
    func take(_ event: AMIMessage) {
        switch event.event {
        case "DeviceStateChange":
            guard let device = event["Device"], let text = event["State"] else { return }
            for served in domains.values where served.hints == nil {
                guard let number = served.endpoint.extension(of: device) else { continue }
                set(PhoneState(deviceState: text), for: device, number, in: served.id)
            }
        case "ExtensionStatus":
            guard let number = event["Exten"], let context = event["Context"],
                let bits = event["Status"].flatMap({ Int($0) }), EndpointTemplate.isExtension(number)
            else { return }
            for served in domains.values where served.hints == context {
                set(PhoneState(extensionStatus: bits), for: "\(number)@\(context)", number, in: served.id)
            }
        default: break
        }
    }

    /// The snapshot is complete: what isn't in it is unknown.
    func goLive() { state.withLock { $0.isLive = true } }

    /// Asterisk can't be asked any more.
    func forget() { state.withLock { $0 = State() } }

    /// The phones that have changed since the last call; nothing before the snapshot is complete.
    func takeChanges() -> [DomainID: Set<String>] {
        state.withLock { state in
            guard state.isLive else { return [:] }
            defer { state.changed = [:] }
            return state.changed
        }
    }

    private func set(_ phone: PhoneState, for key: String, _ number: String, in domain: DomainID) {
        state.withLock { state in
            guard state.phones[key] != nil || state.phones.count < Self.mostPhones else { return }
            if state.phones.updateValue(phone, forKey: key) != phone || domains.count > 1 {
                state.changed[domain, default: []].insert(number)
            }
        }
    }

    private static func key(of number: String, in served: ServedDomain) -> String? {
        if let hints = served.hints { return "\(number)@\(hints)" }
        return try? served.endpoint.device(of: number)
    }
}
