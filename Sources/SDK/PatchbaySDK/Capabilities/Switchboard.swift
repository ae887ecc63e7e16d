/// Where a PBX adapter reports what happens to the calls that it placed and to phones.
public protocol Switchboard: Sendable {
    /// Notes where a call stands and tells the caller's browsers.
    ///
    /// Reports may be repeated, late or out of order: a call only moves forward, and a report about a call that is over
    /// or that this adapter didn't place is dropped.
    /// - Throws: `PortalError.unavailable` when it can't be stored now; report it again.
    func moved(_ call: CallID, to step: CallStep) async throws

    /// Says that the phones of `extensions` may have changed. Call it as often as you like: the host collects, asks
    /// `PhonePresence.states` and tells browsers at most four times a second a domain.
    func phonesChanged(_ extensions: Set<String>, in domain: DomainID)

    /// Says that the PBX can't be asked: every phone that was known is asked about anew, and is unknown until
    /// `PhonePresence.states` has an answer.
    func phonesUnknown()
}

/// Where a call stands, as the user is told. A call moves down this list, never up, and may leave steps out.
public enum CallStep: Sendable, Equatable {
    /// Leg 1: the user's own phone rings.
    case ringing
    /// The user has answered; leg 2 is being called.
    case connecting
    /// Both have answered.
    case talking
    /// Somebody hung up after they had talked.
    case ended
    /// There was no conversation.
    case failed(CallFailure)
    /// The user hung up before there was a conversation.
    case cancelled

    /// Whether nothing can follow.
    public var isOver: Bool {
        switch self {
        case .ringing, .connecting, .talking: false
        case .ended, .failed, .cancelled: true
        }
    }
}

/// Why there was no conversation.
public enum CallFailure: String, Sendable, Codable, CaseIterable {
    /// Leg 1: the user's phone isn't registered with the PBX.
    case phoneOffline
    /// Leg 1: the user is on another call.
    case phoneBusy
    /// Leg 1: the user didn't answer in time.
    case phoneNoAnswer
    /// Leg 1: the user, or their phone by its settings, refused.
    case phoneRefused
    /// Leg 2: the other party is on another call.
    case destinationBusy
    /// Leg 2: the other party didn't answer in time.
    case destinationNoAnswer
    /// Leg 2: no such number, no route to it, or the other phone isn't registered.
    case destinationUnavailable
    /// Leg 2: the other party refused.
    case destinationRefused
    /// The PBX didn't want to place the call.
    case refusedByPBX
    /// The PBX can't be reached, or went away in mid-call.
    case pbxUnreachable
    /// Nobody can say what became of it: the portal or the connection to the PBX was down meanwhile.
    case lost
}
