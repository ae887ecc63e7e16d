import PatchbaySDK

/// What a domain has used of the SMS that it may send within 24 hours, counting the parts of long ones.
struct Allowance: Equatable {
    /// From so many per cent on people are told.
    private static let share = 80

    let used: Int
    let limit: Int

    var isNearlyUsed: Bool { used * 100 >= limit * Self.share }

    var json: JSON { ["used": .int(used), "limit": .int(limit), "isNearlyUsed": .bool(isNearlyUsed)] }
}
