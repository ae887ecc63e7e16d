import Foundation
import PatchbaySDK

/// The two C functions that a plugin's library must have.
struct Symbols {
    let handle: UnsafeMutableRawPointer
    let id: PluginID
    let file: String

    private typealias Stamp = @convention(c) () -> UnsafePointer<CChar>?
    private typealias Doorway = @convention(c) () -> UnsafeMutableRawPointer?

    /// What the plugin was built with.
    func stamp() throws(Decline) -> String {
        guard let symbol = dlsym(handle, name("stamp")),
            let text = unsafeBitCast(symbol, to: Stamp.self)()
        else {
            throw Decline(
                id: "plugin.stamp-missing", "\(file) has no function \(name("stamp")), so it can't be checked.",
                mend: "Add the function to “\(id)” as the SDK's guide shows, and build it again.")
        }
        return String(cString: text)
    }

    /// The plugin's type. Only after the stamp was found right.
    func type() throws(Decline) -> any Plugin.Type {
        guard let symbol = dlsym(handle, name("plugin")),
            let pointer = unsafeBitCast(symbol, to: Doorway.self)()
        else {
            throw Decline(
                id: "plugin.doorway-missing", "\(file) has no function \(name("plugin")) that hands over a plugin.",
                mend: "Add the function to “\(id)” as the SDK's guide shows, and build it again.")
        }
        return PluginDoorway.open(pointer)
    }

    private func name(_ function: String) -> String {
        "patchbay_\(id.rawValue.replacing("-", with: "_"))_\(function)"
    }
}
