import PatchbaySDK

/// A plugin that runs.
public struct RunningPlugin: Sendable {
    public let id: PluginID
    public let description: PluginDescription
    /// What `manifest.json` says of it.
    public let entry: PluginEntry
    public let settings: Settings
    public let instance: any Plugin
    /// As the instance listed them when it started.
    public let routes: [Route]

    /// The gates of its feature; none but `plugin` for one that declares none.
    public var gateRules: GateRules {
        let declared =
            description.gates
            ?? GateRules(title: description.name, levels: [], onByDefault: [], numberFeature: nil)
        guard entry.enabled == .always else { return declared }
        return GateRules(
            title: declared.title, levels: declared.levels.subtracting([.system]), onByDefault: declared.onByDefault,
            numberFeature: declared.numberFeature)
    }
}
