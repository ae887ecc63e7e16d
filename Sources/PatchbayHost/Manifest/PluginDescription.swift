import PatchbaySDK

/// What the author says a plugin is: its `plugin.json`.
public struct PluginDescription: Sendable, Equatable {
    /// A plugin that must be running for this one to run.
    public struct Requirement: Sendable, Equatable {
        /// The plugin that must run first.
        public let id: PluginID
        /// The versions of it that will do.
        public let version: VersionRange
    }

    /// A power of the SDK that the plugin's type conforms to.
    public enum Capability: String, Sendable, CaseIterable {
        case clickToCall = "ClickToCall"
        case contactLookup = "ContactLookup"
        case messageChannel = "MessageChannel"
        case messageWitness = "MessageWitness"
        case metricSource = "MetricSource"
        case numberFeatures = "NumberFeatures"
        case phonePresence = "PhonePresence"
        case selfTest = "SelfTest"
        case smsCarrier = "SMSCarrier"
        case smsInbox = "SMSInbox"
        case sendCheck = "SendCheck"
        case userPermissions = "UserPermissions"
    }

    /// A right that its routes ask for, with the scopes that have it by default.
    public struct DeclaredPermission: Sendable, Equatable {
        /// What routes ask for, such as `sms.use`.
        public let id: Permission
        /// What administrators read, such as “Chat with colleagues”.
        public let title: String
        /// The kinds of users who have it.
        public let scopes: Set<Scope>
    }

    /// A place of the portal's pages that it fills with a custom element.
    public struct Slot: Sendable, Equatable {
        /// The place's name, such as `home.card`.
        public let slot: String
        /// The ES module, seen from the plugin's `Web` folder.
        public let module: String
        /// The name of the custom element that the module defines.
        public let element: String
        /// What somebody must be allowed to have it on their pages; `nil` for everybody.
        public let permission: Permission?
    }

    /// A host that it may send HTTP to.
    public enum OutboundHost: Sendable, Equatable {
        /// A name, with or without a port.
        case named(String)
        /// The host and port of the URL in that setting.
        case setting(String)
    }

    /// The plugin's id, equal to the one in its code; it stands in its addresses too.
    public let id: PluginID
    /// What people call the plugin.
    public let name: String
    /// What it does, in one sentence.
    public let summary: String
    /// The plugin's own version.
    public let version: Version
    /// The SDK version it was written for, such as `1.0`.
    public let sdk: Version
    /// The library's base name: `Chat` is `libChat.so`.
    public let library: String
    /// The plugins that must run first.
    public let requires: [Requirement]
    /// Plugins that start before this one if they run at all.
    public let after: [PluginID]
    /// The capabilities that the plugin's type conforms to.
    public let provides: Set<Capability>
    /// The permissions that its routes ask for.
    public let permissions: [DeclaredPermission]
    /// Where the feature can be switched; `nil` for a plugin that works for everybody, such as a carrier.
    public let gates: GateRules?
    /// The names of the events that it publishes.
    public let events: [String]
    /// Where its elements stand in the portal.
    public let slots: [Slot]
    /// The hosts that it may reach over HTTP; everything else is refused.
    public let outboundHosts: [OutboundHost]
    /// Those among them that `manifest.json` lets lead into a private network; none as `plugin.json` says it.
    var privateHosts: Set<String> = []
    /// The schema of its settings; an object without members when it has none.
    public let settings: JSON
    /// The OpenAPI document of its routes, seen from `folder`.
    public let documentation: String?
    /// The absolute path of the folder with its `plugin.json`.
    public let folder: String
}
