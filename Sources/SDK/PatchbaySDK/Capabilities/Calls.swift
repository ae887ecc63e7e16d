/// A call that a user asks for from the portal: first their own phone rings, then the destination is called.
public struct CallRequest: Sendable, Equatable {
    /// Made by the portal; asking twice with the same id places one call.
    public let id: CallID
    public let caller: Caller
    /// The user's extension: leg 1.
    public let `extension`: String
    /// A number in E.164, or an extension of the domain: leg 2.
    public let destination: String
    /// What leg 1's phone shows.
    public let displayName: String

    public init(id: CallID, caller: Caller, extension: String, destination: String, displayName: String) {
        self.id = id
        self.caller = caller
        self.extension = `extension`
        self.destination = destination
        self.displayName = displayName
    }
}

/// Places calls. Provided by PBX adapters, exactly one for a domain.
public protocol ClickToCall: Sendable {
    /// Starts leg 1 and returns as soon as the PBX has taken the order.
    ///
    /// - Throws: `PortalError.unavailable` (`calls.no-pbx`) when no adapter serves the domain.
    func place(_ request: CallRequest) async throws
    /// Hangs up both legs; nothing happens for a call that is over.
    func cancel(_ call: CallID, for caller: Caller) async throws
}

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
