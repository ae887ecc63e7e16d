import Foundation
import PatchbaySDK

/// A tenant of this installation, as administrators see it.
public struct Domain: Sendable, Equatable {
    /// The domain's name in lower case, such as `harbor.example`; people sign in as `1001@` it.
    public let id: DomainID
    /// What people call it, such as “Harbor & Pine”.
    public let name: String
    /// ISO 3166-1 alpha-2: how people of the domain type numbers.
    public let region: String
    /// IANA name, such as `America/Los_Angeles`.
    public let timeZone: String
    /// The reseller's own domain; `nil` for a domain that only super-users administer from outside.
    public let reseller: DomainID?
    /// How long a conversation through a shared number is somebody's after their last answer, 1 to 1,440 minutes.
    public let claimMinutes: Int
    /// When it was made.
    public let createdAt: Date

    /// The domain as plugins see it.
    public var record: DomainRecord { DomainRecord(id: id, name: name, region: region, timeZone: timeZone) }

    static let columns = "id, name, region, timeZone, resellerId, claimMinutes, createdAt"

    init(_ row: Row) {
        id = row["id"]
        name = row["name"]
        region = row["region"]
        timeZone = row["timeZone"]
        reseller = row["resellerId"]
        claimMinutes = row["claimMinutes"]
        createdAt = Date(milliseconds: row["createdAt"])
    }
}

/// A domain that is to be made.
public struct NewDomain: Sendable, Equatable {
    /// The domain's name in lower case, such as `harbor.example`.
    public let id: DomainID
    /// What people call it, such as “Harbor & Pine”.
    public let name: String
    /// ISO 3166-1 alpha-2: how people of the domain type numbers.
    public let region: String
    /// IANA name, such as `America/Los_Angeles`.
    public let timeZone: String
    /// The domain of the reseller who administers it; `nil` for none.
    public let reseller: DomainID?

    /// - Parameter id: A host name in lower case, such as `harbor.example`; people sign in as `1001@` it.
    public init(id: DomainID, name: String, region: String, timeZone: String, reseller: DomainID? = nil) {
        self.id = id
        self.name = name
        self.region = region
        self.timeZone = timeZone
        self.reseller = reseller
    }
}

/// What an update does to a domain.
public struct DomainChange: Sendable, Equatable {
    /// What people call the domain; 1 to 200 characters.
    public var name: Change<String>
    /// ISO 3166-1 alpha-2; numbers that are stored already keep their value.
    public var region: Change<String>
    /// IANA name, such as `America/Los_Angeles`.
    public var timeZone: Change<String>
    /// The domain of the reseller who administers it; `nil` for none.
    public var reseller: Change<DomainID?>
    /// How long a claim lasts, 1 to 1,440 minutes.
    public var claimMinutes: Change<Int>

    /// Makes a change; what isn't given stays as it is.
    public init(
        name: Change<String> = .keep, region: Change<String> = .keep, timeZone: Change<String> = .keep,
        reseller: Change<DomainID?> = .keep, claimMinutes: Change<Int> = .keep
    ) {
        self.name = name
        self.region = region
        self.timeZone = timeZone
        self.reseller = reseller
        self.claimMinutes = claimMinutes
    }
}
