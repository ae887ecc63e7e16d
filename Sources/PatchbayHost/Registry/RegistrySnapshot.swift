import PatchbaySDK

/// Everything that requests ask the registry, looked up once per change instead of once per request.
struct RegistrySnapshot: Sendable {
    /// In the manifest's order.
    let running: [RunningPlugin]
    let byID: [PluginID: RunningPlugin]
    let channels: [ChannelKind: Channel]
    let sendChecks: [any SendCheck]
    let carriers: [PluginID: any SMSCarrier]
    let smsInbox: (any SMSInbox)?
    let witnesses: [Witness]
    let permissions: [Permission: Set<Scope>]

    struct Channel: Sendable {
        let id: PluginID
        let channel: any MessageChannel
    }

    struct Witness: Sendable {
        let id: PluginID
        let witness: any MessageWitness
    }

    init(running: [RunningPlugin]) {
        self.running = running
        byID = Dictionary(running.map { ($0.id, $0) }) { first, _ in first }
        channels = Dictionary(
            running.compactMap { plugin in
                (plugin.instance as? any MessageChannel).map { ($0.kind, Channel(id: plugin.id, channel: $0)) }
            }
        ) { first, _ in first }
        sendChecks = running.compactMap { $0.instance as? any SendCheck }
        carriers = byID.compactMapValues { $0.instance as? any SMSCarrier }
        smsInbox = running.lazy.compactMap { $0.instance as? any SMSInbox }.first
        witnesses = running.compactMap { plugin in
            (plugin.instance as? any MessageWitness).map { Witness(id: plugin.id, witness: $0) }
        }
        let declared = running.flatMap(\.description.permissions).map { ($0.id, $0.scopes) }
        permissions = Self.corePermissions.merging(declared) { core, _ in core }
    }

    static let corePermissions: [Permission: Set<Scope>] = [
        .portal: Set(Scope.allCases).subtracting([.noPortal]),
        .placeCalls: Set(Scope.allCases).subtracting([.noPortal]),
        .domainAdmin: Set(Scope.allCases.filter(\.managesDomain)),
        .systemAdmin: [.superUser],
    ]
}
