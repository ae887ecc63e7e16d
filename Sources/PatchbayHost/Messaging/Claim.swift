import Foundation
import PatchbaySDK

/// Who answers a conversation through a number that several people have (U3).
public struct Claim: Sendable, Equatable {
    /// The number that is answered through.
    let number: PhoneNumber
    /// Who answers.
    public let user: UserID
    /// What they are called.
    public let name: String
    /// When somebody else may answer, unless the claimant does so again before.
    public let expiresAt: Date
    /// The expiry that people's browsers know.
    let toldAt: Date

    init(_ row: Row) {
        number = row["number"]
        user = row["userId"]
        name = row["fullName"]
        expiresAt = Date(milliseconds: row["expiresAt"])
        toldAt = Date(milliseconds: row["toldAt"])
    }

    /// As the API shows it.
    public var json: JSON {
        [
            "userId": .string(user.rawValue), "name": .string(name), "expiresAt": .string(expiresAt.rfc3339),
        ]
    }

    /// What a colleague is told who would answer as well.
    var refusal: PortalError {
        PortalError(
            .conflict, id: Self.refusalID,
            "\(name) is answering this conversation. Take it over, or wait until it is free again.",
            details: ["userId": user.rawValue, "name": name, "expiresAt": expiresAt.rfc3339])
    }

    /// The id of `refusal`.
    static let refusalID = "conversation.claimed"

    /// The one who held it doesn't any more, which somebody expected.
    static let hasMoved = PortalError(
        .conflict, id: refusalID,
        "This conversation is somebody else's now, or nobody's. Look who answers it, then try again.")
}

/// How a conversation through a shared number stands for one of its people.
struct Desk: Sendable, Equatable {
    /// The shared number.
    let number: PhoneNumber
    let claim: Claim?
}
