/// What kind of user somebody is. A scope only ever narrows what a permission allows.
public enum Scope: String, Sendable, Codable, CaseIterable, DatabaseValueConvertible {
    case noPortal = "no-portal"
    case basicUser = "basic-user"
    case advancedUser = "advanced-user"
    case callCenterAgent = "call-center-agent"
    case callCenterSupervisor = "call-center-supervisor"
    case siteManager = "site-manager"
    case officeManager = "office-manager"
    case reseller = "reseller"
    case superUser = "super-user"

    /// May administer a domain's users and numbers.
    public var managesDomain: Bool { self == .officeManager || managesDomains }

    /// May administer several domains.
    public var managesDomains: Bool { self == .reseller || self == .superUser }
}

/// A right that a route asks for, such as `sms.use`.
public struct Permission: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible {
    /// The permission's name, such as `sms.use`.
    public let rawValue: String
    /// Names a permission; `plugin.json` declares the plugin's own.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The permission's name.
    public var description: String { rawValue }

    /// Signed in to the portal, with any scope but No Portal.
    public static let portal = Permission(rawValue: "portal.use")
    /// Calls people from the portal: the own phone rings first.
    public static let placeCalls = Permission(rawValue: "calls.place")
    /// Administers the users, numbers and switches of the own domain.
    public static let domainAdmin = Permission(rawValue: "domain.admin")
    /// Administers the installation: domains, plugins, system switches.
    public static let systemAdmin = Permission(rawValue: "system.admin")
}
