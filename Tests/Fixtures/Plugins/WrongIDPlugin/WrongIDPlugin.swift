import PatchbaySDK

/// A plugin whose code and functions disagree on its id.
public struct WrongIDPlugin: Plugin {
    public static let id = PluginID(rawValue: "somebody-else")

    public init(context: PluginContext) throws {}
}

@c(patchbay_wrong_id_stamp) public func wrongIDStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
@c(patchbay_wrong_id_plugin) public func wrongIDDoorway() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(WrongIDPlugin.self)
}
