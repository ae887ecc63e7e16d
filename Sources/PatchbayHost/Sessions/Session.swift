import Foundation
import PatchbaySDK

/// What a `SessionID` names.
public enum SessionKind {}
/// A signed-in browser.
public typealias SessionID = Identifier<SessionKind>

/// A signed-in browser, as its user sees it in the list.
public struct Session: Sendable, Equatable {
    /// The session's id; it isn't the secret that the cookie holds.
    public let id: SessionID
    /// Who signed in.
    public let user: UserID
    /// The user's domain.
    public let domain: DomainID
    /// When the user signed in.
    public let createdAt: Date
    /// Within a minute.
    public let lastSeenAt: Date
    /// When it ends even if it is used.
    public let expiresAt: Date
    /// What the browser said it is, at most 400 characters.
    public let userAgent: String
    /// The address that the user signed in from.
    public let address: String

    static let columns = """
        session.id, session.userId, session.domainId, session.createdAt, session.lastSeenAt, session.expiresAt,
        session.userAgent, session.address
        """

    init(
        id: SessionID, user: UserID, domain: DomainID, createdAt: Date, expiresAt: Date, userAgent: String,
        address: String
    ) {
        self.id = id
        self.user = user
        self.domain = domain
        self.createdAt = createdAt
        lastSeenAt = createdAt
        self.expiresAt = expiresAt
        self.userAgent = userAgent
        self.address = address
    }

    init(_ row: Row) {
        id = row["id"]
        user = row["userId"]
        domain = row["domainId"]
        createdAt = Date(milliseconds: row["createdAt"])
        lastSeenAt = Date(milliseconds: row["lastSeenAt"])
        expiresAt = Date(milliseconds: row["expiresAt"])
        userAgent = row["userAgent"]
        address = row["address"]
    }
}

/// A sign-in that went well.
public struct SignedIn: Sendable {
    /// For the cookie; it is shown this once.
    public let token: String
    /// The session as it is listed.
    public let session: Session
    /// The user, for what the same request does next.
    public let caller: Caller
}

/// Who a request's cookie belongs to.
public struct AuthenticatedSession: Sendable, Equatable {
    /// The session that the cookie belongs to.
    public let id: SessionID
    /// Whose session it is.
    public let caller: Caller
    /// When it ends even if it is used.
    public let expiresAt: Date
}
