import PatchbaySDK

/// What the author says a plugin is: its `plugin.json`.
public struct PluginDescription: Sendable, Equatable {
    /// A plugin that must be running for this one to run.
    public struct Requirement: Sendable, Equatable {
        public let id: PluginID
        public let version: VersionRange
    }

    /// A power of the SDK that the plugin's type conforms to.
    public enum Capability: String, Sendable, CaseIterable {
        case clickToCall = "ClickToCall"
        case contactLookup = "ContactLookup"
        case messageChannel = "MessageChannel"
        case numberFeatures = "NumberFeatures"
        case phonePresence = "PhonePresence"
        case smsCarrier = "SMSCarrier"
        case smsInbox = "SMSInbox"
        case sendCheck = "SendCheck"
        case userPermissions = "UserPermissions"
    }

    /// A right that its routes ask for, with the scopes that have it by default.
    public struct DeclaredPermission: Sendable, Equatable {
        public let id: Permission
        public let title: String
        public let scopes: Set<Scope>
    }

    /// A place of the portal's pages that it fills with a custom element.
    public struct Slot: Sendable, Equatable {
        public let slot: String
        /// The ES module, seen from the plugin's `Web` folder.
        public let module: String
        public let element: String
    }

    /// A host that it may send HTTP to.
    public enum OutboundHost: Sendable, Equatable {
        /// A name, with or without a port.
        case named(String)
        /// The host and port of the URL in that setting.
        case setting(String)
    }

    public let id: PluginID
    public let name: String
    public let summary: String
    public let version: Version
    /// The SDK version it was written for, such as `1.0`.
    public let sdk: Version
    /// The library's base name: `Chat` is `libChat.so`.
    public let library: String
    public let requires: [Requirement]
    /// Plugins that start before this one if they run at all.
    public let after: [PluginID]
    public let provides: Set<Capability>
    public let permissions: [DeclaredPermission]
    /// Where the feature can be switched; `nil` for a plugin that works for everybody, such as a carrier.
    public let gates: GateRules?
    public let events: [String]
    public let slots: [Slot]
    public let outboundHosts: [OutboundHost]
    /// The schema of its settings; an object without members when it has none.
    public let settings: JSON
    /// The OpenAPI document of its routes, seen from `folder`.
    public let documentation: String?
    /// The absolute path of the folder with its `plugin.json`.
    public let folder: String
}
