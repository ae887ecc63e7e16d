import Logging
import PatchbaySDK

/// Makes what each plugin may touch.
struct PluginContexts: Sendable {
    private let portal: Portal
    private let makeHTTP: Portal.MakeHTTP

    init(portal: Portal, makeHTTP: @escaping Portal.MakeHTTP) {
        self.portal = portal
        self.makeHTTP = makeHTTP
    }

    func context(_ plugin: PluginDescription, _ settings: Settings) -> PluginContext {
        PluginContext(
            id: plugin.id, settings: settings, store: portal.store, events: portal.events,
            log: log(of: plugin.id), clock: portal.clock,
            http: makeHTTP(plugin.id, plugin.outboundAddresses(with: settings)), directory: portal.directory,
            numbers: portal.numbers, permissions: portal.permissions,
            contacts: RunningContacts(books: portal.contacts, portal.plugins), calls: RunningCalls(portal.plugins),
            presence: portal.presence, conversations: portal.messaging, carriers: RunningCarriers(portal.plugins),
            smsInbox: RunningSMSInbox(portal.plugins))
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
