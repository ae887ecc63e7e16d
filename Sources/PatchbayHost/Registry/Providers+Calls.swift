import PatchbaySDK

/// Places calls through the PBX adapter that runs.
public struct RunningCalls: ClickToCall {
    private let registry: PluginRegistry

    public init(_ registry: PluginRegistry) { self.registry = registry }

    public func place(_ request: CallRequest) async throws {
        for adapter in registry.providers(of: (any ClickToCall).self) {
            do {
                return try await adapter.place(request)
            } catch let error as PortalError where error.id == Self.noPBX.id {
                // This one doesn't serve the caller's domain; the next one may.
                continue
            }
        }
        throw Self.noPBX
    }

    public func cancel(_ call: CallID, for caller: Caller) async throws {
        for adapter in registry.providers(of: (any ClickToCall).self) { try await adapter.cancel(call, for: caller) }
    }

    private static let noPBX = PortalError(
        .unavailable(retryAfter: .seconds(60)), id: "calls.no-pbx",
        "Calls can't be placed from here: no phone system is connected. Ask your administrator.")
}

/// What phones are doing, by the PBX adapters that run.
public struct RunningPresence: PhonePresence {
    private let registry: PluginRegistry

    public init(_ registry: PluginRegistry) { self.registry = registry }

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
