import PatchbaySDK

/// What `manifest.json` says of one plugin.
public struct PluginEntry: Sendable, Equatable {
    /// Whether it runs here, and who may change that.
    public enum Enabled: String, Sendable {
        /// Runs; administrators may switch the feature off.
        case on
        /// Doesn't run for now.
        case off
        /// Runs; the system's switch doesn't apply to it.
        case always
        /// Doesn't run, and the administrator's page doesn't offer it.
        case never

        /// Whether the plugin is loaded.
        public var runs: Bool { self == .on || self == .always }
    }

    /// The plugin that the operator wants.
    public let id: PluginID
    /// The absolute path of the folder with its `plugin.json`.
    public let folder: String
    /// The versions that may run here.
    public let version: VersionRange
    /// The SHA-256 that the library file must have, in lower-case hex; `nil` when it isn't checked.
    public let sha256: String?
    /// Whether it runs here, and who may change that.
    public let enabled: Enabled
    /// As written, secrets not resolved.
    public let settings: JSON
    /// Names that the plugin declares and that may lead to addresses of a private network; in lower case.
    public var privateHosts: Set<String> = []
    /// The settings among them that an administrator has changed in the browser.
    var overridden: Set<String> = []
}
