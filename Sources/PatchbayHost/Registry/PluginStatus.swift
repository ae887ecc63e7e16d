import Foundation
import PatchbaySDK

/// How a plugin of the manifest stands: one line for `patchbay doctor`, the administrator's page and the log.
public struct PluginStatus: Sendable, Equatable {
    /// How a plugin of the manifest stands.
    public enum State: String, Sendable, CaseIterable {
        case running
        /// Runs, but its background work failed and is tried again.
        case degraded
        /// Doesn't run, because something is wrong.
        case declined
        /// Doesn't run, because the manifest says so.
        case off
    }

    /// The plugin's id.
    public let id: PluginID
    /// What people call it; the id when `plugin.json` can't be read.
    public let name: String
    /// Such as `1.4.2`; empty when `plugin.json` can't be read.
    public let version: String
    /// How it stands now.
    public let state: State
    /// What is wrong, in a sentence; `nil` when nothing is.
    public let reason: String?
    /// What to do about it, in a sentence.
    public let mend: String?
    /// A stable id of what is wrong, such as `plugin.stamp-differs`.
    public let reasonID: String?
    /// What people call the feature that it brings, such as “SMS”; `nil` when it brings none.
    public let featureTitle: String?
    /// Since when it stands so.
    public let since: Date

    /// The status for the API.
    public var json: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "version": .string(version),
            "state": .string(state.rawValue), "reason": JSON(reason), "mend": JSON(mend), "reasonId": JSON(reasonID),
            "since": .string(since.rfc3339),
        ]
    }

    /// The status as one line for people.
    public var line: String {
        let head = "\(id) \(version.isEmpty ? "?" : version): \(state.rawValue)"
        return [head, reason, mend].compactMap(\.self).joined(separator: " – ")
    }

    /// The same, but standing so since `former` if nothing has changed since.
    func continuing(_ former: PluginStatus?) -> PluginStatus {
        guard let former, former.state == state, former.reasonID == reasonID, former.reason == reason else {
            return self
        }
        return PluginStatus(
            id: id, name: name, version: version, state: state, reason: reason, mend: mend, reasonID: reasonID,
            featureTitle: featureTitle, since: former.since)
    }
}

extension PluginStatus {
    init(_ id: PluginID, _ description: PluginDescription?, _ state: State, because decline: Decline?, at now: Date) {
        self.init(
            id: id, name: description?.name ?? id.rawValue, version: description?.version.description ?? "",
            state: state, reason: decline?.reason, mend: decline?.mend, reasonID: decline?.id,
            featureTitle: description?.gates?.title, since: now)
    }
}
