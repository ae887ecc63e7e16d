/// A call that a user asks for from the portal: first their own phone rings, then the destination is called.
public struct CallRequest: Sendable, Equatable {
    /// Made by the portal; asking twice with the same id places one call.
    public let id: CallID
    /// Who calls; their domain is the one whose phone system is asked.
    public let caller: Caller
    /// The user's extension: leg 1.
    public let `extension`: String
    /// Who is called once the user has answered: leg 2. The host has checked it against the domain's deny-list.
    public let destination: CallDestination
    /// Who is called, in words: what leg 1's phone shows. At most 64 characters, none of them a control character.
    public let displayName: String

    /// Makes a request; the host does.
    public init(
        id: CallID, caller: Caller, extension: String, destination: CallDestination, displayName: String
    ) {
        self.id = id
        self.caller = caller
        self.extension = `extension`
        self.destination = destination
        self.displayName = displayName
    }
}

/// Whom a call goes to.
public enum CallDestination: Sendable, Hashable {
    /// A colleague of the same domain, by extension.
    case `extension`(String)
    /// Anybody else. The phone system's dial plan turns E.164 into what its trunks want.
    case number(PhoneNumber)

    /// The extension, or the number in E.164.
    public var dialled: String {
        switch self {
        case .extension(let digits): digits
        case .number(let number): number.e164
        }
    }
}

/// Places calls. Provided by PBX adapters; the first in the manifest that serves the caller's domain is asked.
public protocol ClickToCall: Sendable {
    /// Whether this adapter's phone system is the domain's. Answers from memory, at once.
    func serves(_ domain: DomainID) -> Bool

    /// Starts leg 1 and returns as soon as the PBX has taken the order; what becomes of the call goes to the
    /// ``Switchboard``. Leg 2 may not be placed before leg 1 is answered.
    ///
    /// - Throws: `PortalError.unavailable` (`calls.no-pbx`) when the PBX can't be reached, `PortalError.conflict`
    ///   (`calls.no-phone`) when the caller has no phone there, `PortalError.forbidden` when the PBX refuses. The call
    ///   has then failed; the adapter reports nothing more of it.
    func place(_ request: CallRequest) async throws

    /// Hangs up both legs; nothing happens for a call that is over or that this adapter doesn't know.
    ///
    /// The adapter then reports `.cancelled` or, when the parties were talking, `.ended`.
    /// - Throws: `PortalError.unavailable` (`calls.no-pbx`) when the PBX can't be reached.
    func cancel(_ call: CallID, for caller: Caller) async throws
}

extension ClickToCall {
    /// Every domain, unless the adapter says otherwise.
    public func serves(_ domain: DomainID) -> Bool { true }
}
