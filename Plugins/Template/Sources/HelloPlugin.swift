import PatchbaySDK

/// Lets colleagues greet each other.
public struct HelloPlugin: Plugin {
    public static let id = PluginID(rawValue: "hello")

    let context: PluginContext
    let salutation: String

    public init(context: PluginContext) throws {
        self.context = context
        salutation = try context.settings.salutation
    }
}

@c(patchbay_hello_stamp) public func stamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
@c(patchbay_hello_plugin) public func doorway() -> UnsafeMutableRawPointer { PluginDoorway.vend(HelloPlugin.self) }
