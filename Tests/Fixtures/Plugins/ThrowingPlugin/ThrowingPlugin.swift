import PatchbaySDK

/// A plugin that fails where the setting `throwsIn` says: in its `init` or its `run()`.
public struct ThrowingPlugin: Plugin {
    public static let id = PluginID(rawValue: "throwing")
    private let throwsIn: String

    public init(context: PluginContext) throws {
        throwsIn = try context.settings.string("throwsIn")
        guard throwsIn != "init" else {
            throw PortalError(.invalid, id: "throwing.init", "The moon is not in the right quarter.")
        }
    }

    public func run() async throws {
        guard throwsIn != "run" else {
            throw PortalError(.unavailable(retryAfter: .seconds(1)), id: "throwing.run", "The peer hung up.")
        }
    }
}

@c(patchbay_throwing_stamp) public func throwingStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
@c(patchbay_throwing_plugin) public func throwingDoorway() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(ThrowingPlugin.self)
}
