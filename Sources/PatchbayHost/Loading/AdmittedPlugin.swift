import PatchbaySDK

/// A plugin whose papers are in order: manifest entry, `plugin.json` and settings. Nothing of it is loaded yet.
struct AdmittedPlugin: Sendable {
    let entry: PluginEntry
    let description: PluginDescription
    let settings: Settings

    var id: PluginID { entry.id }

    /// What it may reach, with what the operator has granted it.
    var granted: PluginDescription {
        var granted = description
        granted.privateHosts = entry.privateHosts
        return granted
    }

    /// Whether the same plugin with the same papers is meant: then a running instance may stay.
    func isSame(as other: AdmittedPlugin) -> Bool {
        entry == other.entry && description == other.description && settings.json == other.settings.json
    }
}
