import PatchbaySDK

/// A plugin that runs.
public struct RunningPlugin: Sendable {
    /// The plugin's id.
    public let id: PluginID
    /// What its `plugin.json` says.
    public let description: PluginDescription
    /// What `manifest.json` says of it.
    public let entry: PluginEntry
    /// The settings that the instance was made with, secrets resolved.
    public let settings: Settings
    /// The plugin itself.
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
