/// What a phone is doing.
public enum PhoneState: String, Sendable, Codable {
    case idle, ringing, busy, offline
    /// The PBX can't be asked.
    case unknown
}

/// Knows what phones are doing. Provided by PBX adapters.
public protocol PhonePresence: Sendable {
    /// The states of `extensions`; one that is missing is unknown. Answers from memory, at once.
    func states(of extensions: [String], in domain: DomainID) -> [String: PhoneState]
}
