import Foundation
import PatchbaySDK

/// A person of a domain, as administrators see it.
public struct User: Sendable, Equatable {
    /// The user's own id; it stays when the extension or the name changes.
    public let id: UserID
    /// The domain that the user belongs to, for good.
    public let domain: DomainID
    /// The extension of the user's phone, unique in the domain.
    public let `extension`: String
    /// First and last name as people read them.
    public let fullName: String
    /// The e-mail address, unique in the whole installation; one may sign in with it. `nil` for none.
    public let email: String?
    /// What kind of user it is; it narrows what permissions allow.
    public let scope: Scope
    /// Whether a password is set; without one nobody can sign in as this user.
    public let hasPassword: Bool
    /// Disabled users can't sign in; their messages and numbers stay.
    public let isEnabled: Bool
    /// When the user was made.
    public let createdAt: Date
    /// When the user was last seen in the portal; `nil` for never.
    public let lastSeenAt: Date?

    /// The user as plugins see it.
    public var record: UserRecord {
        UserRecord(id: id, domain: domain, fullName: fullName, extension: `extension`, scope: scope)
    }

    /// The user as the one who asks.
    public var caller: Caller { Caller(user: id, domain: domain, scope: scope) }

    /// What the user may sign in with, besides the e-mail address.
    public var login: String { "\(`extension`)@\(domain)" }

    static let columns = """
        user.id, user.domainId, user.extension, user.fullName, user.email, user.scope,
        user.passwordHash IS NOT NULL AS hasPassword, user.isEnabled, user.createdAt, user.lastSeenAt
        """

    init(_ row: Row) {
        id = row["id"]
        domain = row["domainId"]
        `extension` = row["extension"]
        fullName = row["fullName"]
        email = row["email"]
        // A scope that this version doesn't know gives no rights.
        scope = Scope(rawValue: row["scope"]) ?? .noPortal
        hasPassword = row["hasPassword"]
        isEnabled = row["isEnabled"]
        createdAt = Date(milliseconds: row["createdAt"])
        lastSeenAt = (row["lastSeenAt"] as Int?).map { Date(milliseconds: $0) }
    }
}

/// A user who is to be made.
public struct NewUser: Sendable, Equatable {
    /// The extension of the user's phone, unique in the domain.
    public let `extension`: String
    /// First and last name as people read them.
    public let fullName: String
    /// The e-mail address, unique in the whole installation; `nil` for none.
    public let email: String?
    /// What kind of user it is; it narrows what permissions allow.
    public let scope: Scope
    /// From `Passwords.hash`; `nil` for a user who can't sign in yet.
    public let passwordHash: String?

    /// Describes a user.
    ///
    /// - Parameter passwordHash: From `Passwords.hash`; `nil` for a user who can't sign in yet.
    public init(extension: String, fullName: String, email: String? = nil, scope: Scope, passwordHash: String?) {
        self.extension = `extension`
        self.fullName = fullName
        self.email = email
        self.scope = scope
        self.passwordHash = passwordHash
    }
}

/// What an update does to a user.
public struct UserChange: Sendable, Equatable {
    /// The extension of the user's phone, unique in the domain.
    public var `extension`: Change<String>
    /// First and last name as people read them.
    public var fullName: Change<String>
    /// The e-mail address, unique in the whole installation; `nil` takes it away.
    public var email: Change<String?>
    /// What kind of user it is.
    public var scope: Change<Scope>
    /// Whether the user may sign in; `false` ends all sessions.
    public var isEnabled: Change<Bool>

    /// Makes a change; what isn't given stays as it is.
    public init(
        extension: Change<String> = .keep, fullName: Change<String> = .keep, email: Change<String?> = .keep,
        scope: Change<Scope> = .keep, isEnabled: Change<Bool> = .keep
    ) {
        self.extension = `extension`
        self.fullName = fullName
        self.email = email
        self.scope = scope
        self.isEnabled = isEnabled
    }
}
