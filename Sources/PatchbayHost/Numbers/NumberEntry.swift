import Foundation
import PatchbaySDK

/// One of our numbers with its people, as administrators see it.
public struct NumberEntry: Sendable, Equatable {
    /// Where a number has a feature from.
    public enum Source: String, Sendable {
        /// An administrator has switched it on here.
        case `switch`
        /// A PBX adapter says so; it can't be switched off here.
        case phoneSystem = "phone-system"
    }

    /// The number as plugins see it.
    public let record: NumberRecord
    /// Everybody whom it is assigned to, by name.
    public let users: [UserRecord]
    /// Who says that it has SMS; `nil` when nobody does.
    public let sms: Source?
    /// When it was added to the installation.
    public let createdAt: Date

    /// Whether SMS is switched on for it, in the core tables or by an adapter.
    public var hasSMS: Bool { sms != nil }

    /// The number in E.164.
    public var number: PhoneNumber { record.number }
}

/// What an update does to a number.
public struct NumberChange: Sendable, Equatable {
    /// What people call it, such as “Front desk”.
    public var label: Change<String>
    /// The carrier plugin that carries its messages; `nil` for none.
    public var carrier: Change<PluginID?>

    /// Makes a change; what isn't given stays as it is.
    public init(label: Change<String> = .keep, carrier: Change<PluginID?> = .keep) {
        self.label = label
        self.carrier = carrier
    }
}
