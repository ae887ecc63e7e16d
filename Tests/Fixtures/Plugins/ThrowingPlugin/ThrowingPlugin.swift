import PatchbaySDK

/// A plugin that fails where the setting `throwsIn` says: in its `init` or its `run()`.
public struct ThrowingPlugin: Plugin {
    /// The id in its plugin.json.
    public static let id = PluginID(rawValue: "throwing")
    private let throwsIn: String

    /// Throws if the setting `throwsIn` is `init`.
    public init(context: PluginContext) throws {
        throwsIn = try context.settings.string("throwsIn")
        guard throwsIn != "init" else {
            throw PortalError(.invalid, id: "throwing.init", "The moon is not in the right quarter.")
        }
    }

    /// Throws if the setting `throwsIn` is `run`.
    public func run() async throws {
        guard throwsIn != "run" else {
            throw PortalError(.unavailable(retryAfter: .seconds(1)), id: "throwing.run", "The peer hung up.")
        }
    }
}

/// Says which SDK and compiler this library was built with.
@c(patchbay_throwing_stamp) public func throwingStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_throwing_plugin) public func throwingDoorway() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(ThrowingPlugin.self)
}
