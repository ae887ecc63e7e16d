import Foundation
import PatchbaySDK

/// What administrators have changed in the browser: it goes over what `manifest.json` says.
public struct PluginOverrides: Sendable, Equatable {
    /// A value that somebody has set.
    public struct Change: Sendable, Equatable {
        /// As it would stand in `manifest.json`: a secret is a reference.
        public let value: JSON
        /// When it was set.
        public let at: Date
        /// The login of who has set it, such as `1000@harbor.example`.
        public let by: String

        /// Describes a change.
        public init(value: JSON, at: Date, by: String) {
            self.value = value
            self.at = at
            self.by = by
        }
    }

    /// By plugin and setting.
    public var settings: [PluginID: [String: Change]] = [:]
    /// Whether plugins run; the value is a boolean.
    public var running: [PluginID: Change] = [:]

    /// Nothing is changed.
    public init() {}

    /// What is changed in `store`.
    public init(keptIn store: PortalStore) throws {
        self = try store.readNow { db in try OverrideStore.overrides(in: db) }
    }
}

extension Manifest {
    /// The manifest with what administrators have changed put over it.
    ///
    /// `always` and `never` stay: they are the operator's last word. A broken entry stays broken.
    func applying(_ overrides: PluginOverrides) -> Manifest {
        var changed = self
        changed.plugins = plugins.map { item in
            guard case .plugin(let entry) = item else { return item }
            return .plugin(entry.applying(overrides))
        }
        return changed
    }

    /// The plugin's entry, if it can be used.
    func entry(_ id: PluginID) -> PluginEntry? { plugins.lazy.compactMap(\.entry).first { $0.id == id } }
}

extension PluginEntry {
    fileprivate func applying(_ overrides: PluginOverrides) -> PluginEntry {
        let changes = (overrides.settings[id] ?? [:]).mapValues(\.value)
        var enabled = enabled
        if !enabled.isFixed, let isOn = overrides.running[id]?.value.bool { enabled = isOn ? .on : .off }
        let merged = (settings.object ?? [:]).merging(changes) { _, changed in changed }
        return PluginEntry(
            id: id, folder: folder, version: version, sha256: sha256, enabled: enabled, settings: .object(merged),
            privateHosts: privateHosts, overridden: Set(changes.keys))
    }
}

extension PluginEntry.Enabled {
    /// Whether the operator has decided it for good.
    var isFixed: Bool { self == .always || self == .never }
}

extension PluginSurvey {
    /// The settings of a plugin that doesn't run, with what administrators have changed; references aren't looked up.
    func settingsAsWritten(of id: PluginID) -> Settings? {
        manifest.applying(overrides).entry(id).map { Settings($0.settings) }
    }
}
