/// A feature that a number can have, such as SMS.
public struct NumberFeature: Hashable, Sendable, Codable, RawRepresentable {
    /// The feature's name in the store and the API, such as `sms`.
    public let rawValue: String
    /// Names a feature; any text will do, for plugins may add their own.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// May send and receive SMS.
    public static let sms = NumberFeature(rawValue: "sms")
    /// May send and receive MMS.
    public static let mms = NumberFeature(rawValue: "mms")
}

/// One of our numbers.
public struct NumberRecord: Sendable, Equatable {
    /// The number in E.164.
    public let number: PhoneNumber
    /// The domain whose number it is.
    public let domain: DomainID
    /// What people call it, such as “Front desk”.
    public let label: String
    /// The carrier plugin that carries its messages; `nil` when none is chosen.
    public let carrier: PluginID?

    /// Makes a record; the host makes them from its tables, tests by hand.
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
