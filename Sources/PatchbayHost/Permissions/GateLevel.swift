import PatchbaySDK

/// The gates a feature has, from the outermost in. All must be open.
public enum GateLevel: String, Sendable, CaseIterable, Codable {
    /// The plugin runs.
    case plugin
    /// The administrator of the installation has switched it on.
    case system
    case domain
    case user
    /// A number with the feature is assigned to the user.
    case number
}

/// Which gates a plugin's feature has, and how they stand until somebody switches them.
public struct GateRules: Sendable, Equatable {
    /// What people call the feature, such as “SMS”.
    public let title: String
    /// The gates it has besides `plugin`.
    public let levels: Set<GateLevel>
    /// Levels that are on until switched off.
    public let onByDefault: Set<GateLevel>
    /// The feature that a number needs, where `levels` has `number`.
    public let numberFeature: NumberFeature?

    /// Describes the gates of a feature.
    ///
    /// - Parameter numberFeature: What a number needs, where `levels` has `number`.
    public init(title: String, levels: Set<GateLevel>, onByDefault: Set<GateLevel>, numberFeature: NumberFeature?) {
        self.title = title
        self.levels = levels
        self.onByDefault = onByDefault
        self.numberFeature = numberFeature
    }
}

/// The outermost gate that is closed, and what to tell the person.
public struct ClosedGate: Sendable, Equatable {
    /// The level that is closed.
    public let level: GateLevel
    /// `.forbidden`, with an id such as `gate.system-off`.
    public let error: PortalError

    /// - Parameter title: What people call the feature.
    public init(_ level: GateLevel, of title: String) {
        self.level = level
        let (id, message) =
            switch level {
            case .plugin: ("gate.plugin-off", "\(title) is not installed here. Ask your administrator.")
            case .system: ("gate.system-off", "\(title) is switched off for the whole system. Ask your administrator.")
            case .domain: ("gate.domain-off", "\(title) is switched off for your company. Ask your office manager.")
            case .user: ("gate.user-off", "\(title) is not enabled for you. Ask your office manager.")
            case .number:
                ("gate.number-missing", "You have no number with \(title). Ask your office manager to assign one.")
            }
        error = PortalError(.forbidden, id: id, message)
    }
}

/// One gate of a feature as an administrator sees it.
public struct GateState: Sendable, Equatable {
    /// The level that it stands at.
    public let level: GateLevel
    /// Whether it lets people through.
    public let isOpen: Bool
    /// Whether somebody has switched it, rather than the default deciding.
    public let isExplicit: Bool
}
