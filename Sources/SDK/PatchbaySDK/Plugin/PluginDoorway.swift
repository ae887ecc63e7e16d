import CPatchbayABI

/// The C doorway of a plugin: how its two `@c` functions hand over the build stamp and the type.
///
/// ```swift
/// @c(patchbay_hello_stamp) public func stamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// @c(patchbay_hello_plugin) public func doorway() -> UnsafeMutableRawPointer { PluginDoorway.vend(HelloPlugin.self) }
/// ```
///
/// The stamp function must call `patchbay_build_stamp()` in the plugin itself, so that it records what the plugin was
/// compiled with. Hyphens of the id become underscores in the functions' names.
public final class PluginDoorway {
    /// The plugin's type.
    public let type: any Plugin.Type

    private init(type: any Plugin.Type) { self.type = type }

    /// Wraps `type` for the way through C. The host takes it out once.
    public static func vend(_ type: any Plugin.Type) -> UnsafeMutableRawPointer {
        Unmanaged.passRetained(PluginDoorway(type: type)).toOpaque()
    }

    /// Takes out what `vend` wrapped. Called by the host's loader only.
    public static func open(_ pointer: UnsafeMutableRawPointer) -> any Plugin.Type {
        Unmanaged<PluginDoorway>.fromOpaque(pointer).takeRetainedValue().type
    }
}
