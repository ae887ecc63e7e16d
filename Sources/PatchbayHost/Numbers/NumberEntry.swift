import Foundation
import PatchbaySDK

/// One of our numbers with its people, as administrators see it.
public struct NumberEntry: Sendable, Equatable {
    public let record: NumberRecord
    /// Everybody whom it is assigned to, by name.
    public let users: [UserRecord]
    /// Whether SMS is switched on for it, in the core tables or by an adapter.
    public let hasSMS: Bool
    public let createdAt: Date

    public var number: PhoneNumber { record.number }
}

/// What an update does to a number.
public struct NumberChange: Sendable, Equatable {
    public var label: Change<String>
    public var carrier: Change<PluginID?>

    public init(label: Change<String> = .keep, carrier: Change<PluginID?> = .keep) {
        self.label = label
        self.carrier = carrier
    }
}
