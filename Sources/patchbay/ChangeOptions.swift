import PatchbayHost

extension Change {
    /// What an option says: to keep what is when it isn't given.
    static func given(_ value: Value?) -> Change { value.map(Change.set) ?? .keep }
}

/// Refuses a change that changes nothing.
func requireOne(of options: [String?], _ names: String) throws {
    guard options.allSatisfy({ $0 == nil }) else { return }
    throw PlainError("Say what to change: \(names).")
}
