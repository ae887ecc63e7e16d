/// Keeps something about people that has to go when they are erased: their number, their name, what they wrote. Provided
/// by plugins; what belongs to a message goes with `MessageChannel.forget`.
///
/// - Since: SDK 1.0
public protocol RecordKeeper: Sendable {
    /// Removes what it keeps of `person`, inside `Store.write`; what waits to be sent to them is given up.
    ///
    /// The host asks until nothing is left to do, and once more after a restart. What the law wants kept, such as an
    /// opt-out, stays.
    ///
    /// - Parameter limit: How many rows at most, so that nobody waits long for the store.
    /// - Returns: whether there is more to do.
    func forget(_ person: ErasedPerson, of domain: DomainID, atMost limit: Int, in db: Database) throws -> Bool
}

/// Somebody whose data is being removed for good.
public enum ErasedPerson: Sendable, Equatable {
    /// Somebody outside, by what messages come from: a number in E.164, a short code or an alphanumeric sender.
    case outside(String)
    /// A user, who is disabled from then on and removed at the end.
    case user(UserID)
}
