import PatchbaySDK

/// A plugin whose code and functions disagree on its id.
public struct WrongIDPlugin: Plugin {
    /// Another id than the one in its plugin.json.
    public static let id = PluginID(rawValue: "somebody-else")

    /// Makes the plugin; the loader refuses it before that.
    public init(context: PluginContext) throws {}
}

/// Says which SDK and compiler this library was built with.
@c(patchbay_wrong_id_stamp) public func wrongIDStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_wrong_id_plugin) public func wrongIDDoorway() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(WrongIDPlugin.self)
}
