import PatchbaySDK

/// Makes an instance of an admitted plugin: type, migrations, `init`, routes. Its `run()` comes later.
struct PluginStarter: Sendable {
    let source: any PluginSource
    let migrate: PluginRegistry.Migrate
    let makeContext: PluginRegistry.MakeContext

    /// - Parameter taken: What plugins before this one provide and only one can.
    /// - Throws: `Decline` of the source's, and `plugin.type-differs`, `plugin.provides-differ`,
    ///   `plugin.migration-failed`, `plugin.init-failed`, `plugin.channel-taken`.
    func start(_ plugin: AdmittedPlugin, taken: RegistrySnapshot) throws(Decline) -> RunningPlugin {
        let type = try source.type(of: plugin.description, entry: plugin.entry)
        try Self.check(type, of: plugin)
        do {
            try migrate(type.migrations.map { OwnedMigration(owner: plugin.id.rawValue, $0) })
        } catch {
            throw Decline(
                id: "plugin.migration-failed",
                "The tables of “\(plugin.id)” could not be brought up to date: \(sentence(of: error))",
                mend: "Install the version of “\(plugin.id)” that fits this database, or restore a backup.")
        }
        let instance: any Plugin
        do {
            instance = try type.init(context: makeContext(plugin.granted, plugin.settings))
        } catch {
            throw Decline(
                id: "plugin.init-failed", "“\(plugin.id)” refuses to start: \(sentence(of: error))",
                mend: "Correct its settings in manifest.json.")
        }
        if let channel = instance as? any MessageChannel, let other = taken.channels[channel.kind] {
            throw Decline(
                id: "plugin.channel-taken",
                "“\(plugin.id)” carries \(channel.kind) messages, but “\(other.id)” does so already.",
                mend: "Remove one of the two from manifest.json.")
        }
        return RunningPlugin(
            id: plugin.id, description: plugin.description, entry: plugin.entry, settings: plugin.settings,
            instance: instance, routes: instance.routes)
    }

    /// Whether the code is what the papers say.
    ///
    /// - Throws: `Decline` (`plugin.type-differs`, `plugin.provides-differ`).
    static func check(_ type: any Plugin.Type, of plugin: AdmittedPlugin) throws(Decline) {
        guard type.id == plugin.id else {
            throw Decline(
                id: "plugin.type-differs",
                "The library of “\(plugin.id)” holds a plugin that calls itself “\(type.id)”.",
                mend: "Build “\(plugin.id)” with the same id in its code and in its plugin.json.")
        }
        let conforms = PluginDescription.Capability.conformances(of: type)
        let declared = plugin.description.provides
        guard conforms == declared else {
            let differing = conforms.symmetricDifference(declared).map(\.rawValue).sorted().joined(separator: ", ")
            throw Decline(
                id: "plugin.provides-differ",
                "The plugin.json of “\(plugin.id)” and its code differ in what it provides: \(differing).",
                mend: "List in \"provides\" exactly the SDK protocols that the plugin's type conforms to.")
        }
    }
}

/// The sentence for an error that a plugin threw.
func sentence(of error: any Error) -> String {
    (error as? PortalError)?.message ?? "\(String(describing: error).prefix(200))."
}

extension PluginDescription.Capability {
    fileprivate static func conformances(of type: any Plugin.Type) -> Set<Self> {
        Set(allCases.filter { $0.isProvided(by: type) })
    }

    private func isProvided(by type: any Plugin.Type) -> Bool {
        switch self {
        case .clickToCall: type is any ClickToCall.Type
        case .contactLookup: type is any ContactLookup.Type
        case .messageChannel: type is any MessageChannel.Type
        case .messageWitness: type is any MessageWitness.Type
        case .metricSource: type is any MetricSource.Type
        case .numberFeatures: type is any NumberFeatures.Type
        case .phonePresence: type is any PhonePresence.Type
        case .selfTest: type is any SelfTest.Type
        case .smsCarrier: type is any SMSCarrier.Type
        case .smsInbox: type is any SMSInbox.Type
        case .sendCheck: type is any SendCheck.Type
        case .userPermissions: type is any UserPermissions.Type
        }
    }
}
