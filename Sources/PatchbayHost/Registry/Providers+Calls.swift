import PatchbaySDK

/// Places calls through the PBX adapter that runs.
public struct RunningCalls: ClickToCall {
    private let registry: PluginRegistry

    /// Asks the adapters of `registry` that run when a call is placed.
    public init(_ registry: PluginRegistry) { self.registry = registry }

    /// Places the call through the first adapter that serves the caller's domain.
    ///
    /// - Throws: `PortalError.unavailable` (`calls.no-pbx`) when none does.
    public func place(_ request: CallRequest) async throws {
        guard let (_, adapter) = adapter(for: request.caller.domain) else { throw Self.noPBX }
        try await adapter.place(request)
    }

    /// Whether some adapter serves the domain.
    public func serves(_ domain: DomainID) -> Bool { adapter(for: domain) != nil }

    /// The first adapter of the manifest that serves the domain.
    func adapter(for domain: DomainID) -> (id: PluginID, adapter: any ClickToCall)? {
        for plugin in registry.running {
            guard let adapter = plugin.instance as? any ClickToCall, adapter.serves(domain) else { continue }
            return (plugin.id, adapter)
        }
        return nil
    }

    /// Hangs the call up at every adapter; those that don't know it do nothing.
    public func cancel(_ call: CallID, for caller: Caller) async throws {
        for adapter in registry.providers(of: (any ClickToCall).self) { try await adapter.cancel(call, for: caller) }
    }

    /// Nobody here could place a call, now or in a minute.
    static let noPBX = PortalError(
        .forbidden, id: "calls.no-pbx",
        "Calls can't be placed from here: no phone system is connected. Ask your administrator.")

    /// There is a phone system, but it doesn't answer.
    static let silent = PortalError(
        .unavailable(retryAfter: .seconds(60)), id: "calls.no-pbx", CallFailure.pbxUnreachable.sentence)
}

/// What phones are doing, by the PBX adapters that run.
public struct RunningPresence: PhonePresence {
    private let registry: PluginRegistry

    /// Asks the adapters of `registry` that run when a state is wanted.
    public init(_ registry: PluginRegistry) { self.registry = registry }

    /// The states of `extensions`, each by the first adapter that knows it; unknown where none does.
    public func states(of extensions: [String], in domain: DomainID) -> [String: PhoneState] {
        var states = Dictionary(extensions.map { ($0, PhoneState.unknown) }) { first, _ in first }
        for adapter in registry.providers(of: (any PhonePresence).self) {
            let unknown = extensions.filter { states[$0] == .unknown }
            if unknown.isEmpty { break }
            states.merge(adapter.states(of: unknown, in: domain)) { _, known in known }
        }
        return states
    }
}
