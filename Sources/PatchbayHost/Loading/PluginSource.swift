import PatchbaySDK

/// Where the type of an admitted plugin comes from: a dynamic library; in tests, the test itself.
public protocol PluginSource: Sendable {
    /// The plugin's type.
    ///
    /// - Throws: `Decline` when it can't be had or must not be used.
    func type(of description: PluginDescription, entry: PluginEntry) throws(Decline) -> any Plugin.Type
}
