import Foundation
import PatchbaySDK

/// A person of a domain, as administrators see it.
public struct User: Sendable, Equatable {
    public let id: UserID
    public let domain: DomainID
    public let `extension`: String
    public let fullName: String
    public let email: String?
    public let scope: Scope
    /// Whether a password is set; without one nobody can sign in as this user.
    public let hasPassword: Bool
    /// Disabled users can't sign in; their messages and numbers stay.
    public let isEnabled: Bool
    public let createdAt: Date
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
    public let `extension`: String
    public let fullName: String
    public let email: String?
    public let scope: Scope
    /// From `Passwords.hash`; `nil` for a user who can't sign in yet.
    public let passwordHash: String?

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
    public var `extension`: Change<String>
    public var fullName: Change<String>
    public var email: Change<String?>
    public var scope: Change<Scope>
    public var isEnabled: Change<Bool>

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
