import Foundation
import PatchbaySDK

/// A call that a user placed from the portal, and what became of it.
public struct PlacedCall: Sendable, Equatable {
    /// Where a call stands.
    public enum State: String, Sendable, DatabaseValueConvertible {
        case ringing, connecting, talking, ended, failed, cancelled

        /// How far down its way a call is: it only moves forward. All that are over are equally far.
        var rank: Int {
            switch self {
            case .ringing: 0
            case .connecting: 1
            case .talking: 2
            case .ended, .failed, .cancelled: 3
            }
        }

        /// Whether nothing can follow.
        public var isOver: Bool { rank == 3 }
    }

    /// The call's id; the adapter knows it by the same.
    public let id: CallID
    /// Who called.
    public let user: UserID
    /// The caller's domain.
    public let domain: DomainID
    /// What the browser calls it: the same id again is the same press of the button.
    public let clientID: String
    /// The adapter that placed it.
    public let plugin: PluginID
    /// Who was called.
    public let destination: CallDestination
    /// What the caller knew them as at the time; `nil` for a bare number.
    public let name: String?
    /// The colleague who was called.
    public let otherUser: UserID?
    /// The contact who was called.
    public let contact: ContactID?
    /// Where it stands.
    public let state: State
    /// Why it failed; `nil` when it didn't. A reason that this version doesn't know is `.lost`.
    public let failure: CallFailure?
    /// When the button was pressed.
    public let startedAt: Date
    /// When both had answered.
    public let answeredAt: Date?
    /// When it was over.
    public let endedAt: Date?

    init(_ row: Row) {
        id = row["id"]
        user = row["userId"]
        domain = row["domainId"]
        clientID = row["clientId"]
        plugin = row["plugin"]
        let digits: String = row["destination"]
        let number = row["kind"] == "number" ? PhoneNumber(e164: digits) : nil
        destination = number.map { .number($0) } ?? .extension(digits)
        name = row["name"]
        otherUser = row["otherUserId"]
        contact = row["contactId"]
        state = row["state"]
        failure = (row["failure"] as String?).map { CallFailure(rawValue: $0) ?? .lost }
        startedAt = Date(milliseconds: row["startedAt"])
        answeredAt = (row["answeredAt"] as Int?).map { Date(milliseconds: $0) }
        endedAt = (row["endedAt"] as Int?).map { Date(milliseconds: $0) }
    }

    /// As the API shows it.
    ///
    /// - Parameter region: How the reader writes numbers.
    public func json(region: String) -> JSON {
        [
            "id": .string(id.rawValue), "clientId": .string(clientID), "to": .string(destination.dialled),
            "toFormatted": .string(destination.formatted(for: region)), "name": JSON(name),
            "userId": JSON(otherUser?.rawValue), "contactId": JSON(contact?.rawValue),
            "state": .string(state.rawValue), "failure": JSON(failure?.rawValue), "reason": JSON(failure?.sentence),
            "startedAt": .string(startedAt.rfc3339), "answeredAt": JSON(answeredAt?.rfc3339),
            "endedAt": JSON(endedAt?.rfc3339),
        ]
    }
}

extension CallDestination {
    /// As people of `region` write it.
    func formatted(for region: String) -> String {
        switch self {
        case .extension(let digits): digits
        case .number(let number): number.formatted(for: region)
        }
    }
}

extension CallFailure {
    /// What the caller is told.
    var sentence: String {
        switch self {
        case .phoneOffline: "Your phone is not connected. Check that it is on, then try again."
        case .phoneBusy: "Your phone is busy. Hang up first, then try again."
        case .phoneNoAnswer: "Your phone rang, but nobody picked it up. The other side was not called."
        case .phoneRefused: "The call was refused at your phone. The other side was not called."
        case .destinationBusy: "The line is busy. Try again later."
        case .destinationNoAnswer: "Nobody answered."
        case .destinationUnavailable: "The number can't be reached. Check it, or try again later."
        case .destinationRefused: "The call was declined."
        case .refusedByPBX: "The phone system refused the call. Ask your administrator."
        case .pbxUnreachable: "The phone system can't be reached just now. Try again in a minute."
        case .lost: "What became of the call isn't known: the connection to the phone system was interrupted."
        }
    }
}
