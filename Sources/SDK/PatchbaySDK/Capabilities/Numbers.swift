/// A feature that a number can have, such as SMS.
public struct NumberFeature: Hashable, Sendable, Codable, RawRepresentable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let sms = NumberFeature(rawValue: "sms")
    public static let mms = NumberFeature(rawValue: "mms")
}

/// One of our numbers.
public struct NumberRecord: Sendable, Equatable {
    public let number: PhoneNumber
    public let domain: DomainID
    /// What people call it, such as “Front desk”.
    public let label: String
    /// The carrier plugin that carries its messages; `nil` when none is chosen.
    public let carrier: PluginID?

    public init(number: PhoneNumber, domain: DomainID, label: String, carrier: PluginID?) {
        self.number = number
        self.domain = domain
        self.label = label
        self.carrier = carrier
    }
}

/// Our numbers, who uses them and what they can. All reads run in the caller's transaction.
public protocol Numbers: Sendable {
    /// The number's record, whichever domain it belongs to: a carrier knows no domains.
    func record(of number: PhoneNumber, in db: Database) throws -> NumberRecord?
    /// Whether `feature` is switched on for the number, in the core tables or by an adapter.
    func has(_ feature: NumberFeature, _ number: PhoneNumber, in db: Database) throws -> Bool
    /// The numbers assigned to `user` that have `feature`, by label.
    func assigned(to user: UserID, with feature: NumberFeature, in db: Database) throws -> [NumberRecord]
    /// The people of the number.
    func users(of number: PhoneNumber, in db: Database) throws -> [UserID]
}

/// Says which features numbers have. Provided by the host's own tables and by PBX adapters; the host takes the union.
public protocol NumberFeatures: Sendable {
    /// The features of `number`; empty when the provider doesn't know it.
    ///
    /// Called when the plugin starts and every minute, and kept meanwhile: the answer may be slow.
    func features(of number: PhoneNumber, in domain: DomainID) async throws -> Set<NumberFeature>
}

/// Says what a user may do. Provided by the host's scopes and overrides and by PBX adapters.
public protocol UserPermissions: Sendable {
    /// The subset of `permissions` that `caller` has. The host intersects the answers: a provider can only narrow.
    func granted(_ permissions: Set<Permission>, to caller: Caller) async throws -> Set<Permission>
}
