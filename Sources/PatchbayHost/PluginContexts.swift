import Logging
import PatchbaySDK

/// Makes what each plugin may touch.
struct PluginContexts: Sendable {
    private let portal: Portal
    private let makeHTTP: Portal.MakeHTTP
    private let makeNetwork: Portal.MakeNetwork

    init(portal: Portal, makeHTTP: @escaping Portal.MakeHTTP, makeNetwork: @escaping Portal.MakeNetwork) {
        self.portal = portal
        self.makeHTTP = makeHTTP
        self.makeNetwork = makeNetwork
    }

    func context(_ plugin: PluginDescription, _ settings: Settings) -> PluginContext {
        let hosts = plugin.outboundAddresses(with: settings)
        return PluginContext(
            id: plugin.id, settings: settings, store: portal.store, events: portal.events,
            log: log(of: plugin.id), clock: portal.clock, cryptography: SystemCryptography(),
            http: makeHTTP(plugin.id, hosts), network: makeNetwork(plugin.id, hosts),
            directory: portal.directory, numbers: portal.numbers, permissions: portal.permissions,
            contacts: RunningContacts(books: portal.contacts, portal.plugins),
            calls: RunningCalls(portal.plugins), presence: portal.presence,
            switchboard: PluginSwitchboard(of: plugin.id, calls: portal.calls, phones: portal.phoneNews),
            conversations: portal.messaging,
            oversight: PortalOversight(directory: portal.directory, gates: portal.gates),
            carriers: RunningCarriers(portal.plugins),
            summons: RunningSummons(notes: portal.messaging.push) { [messaging = portal.messaging] id, db in
                try messaging.conversation(id, in: db)?.domain
            },
            smsInbox: RunningSMSInbox(portal.plugins, desk: portal.carriers),
            readers: PluginReaders(
                of: plugin.id, gates: portal.gates, messaging: portal.messaging, preferences: portal.preferences),
            audit: PluginAudit(plugin: plugin.id, clock: portal.clock))
    }

    private func log(of plugin: PluginID) -> Log {
        var logger = portal.log
        logger[metadataKey: "plugin"] = "\(plugin)"
        return Log { [logger] level, line, facts in
            let metadata = Logger.Metadata(uniqueKeysWithValues: facts.map { ($0.key, "\($0.value)") })
            logger.log(level: Logger.Level(level), "\(line)", metadata: metadata)
        }
    }
}

extension Logger.Level {
    fileprivate init(_ level: Log.Level) {
        self =
            switch level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
    }
}
