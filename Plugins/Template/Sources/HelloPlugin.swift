import PatchbaySDK

/// Lets colleagues greet each other.
public struct HelloPlugin: Plugin {
    /// The id that manifest.json and the routes know the plugin by; the one in plugin.json must be the same.
    public static let id = PluginID(rawValue: "hello")

    let context: PluginContext
    let salutation: String

    /// Reads the settings and keeps what the context offers. Quick, and without I/O.
    public init(context: PluginContext) throws {
        self.context = context
        salutation = try context.settings.salutation
    }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_hello_stamp) public func stamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_hello_plugin) public func doorway() -> UnsafeMutableRawPointer { PluginDoorway.vend(HelloPlugin.self) }
