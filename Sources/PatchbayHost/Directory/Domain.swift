import Foundation
import PatchbaySDK

/// A tenant of this installation, as administrators see it.
public struct Domain: Sendable, Equatable {
    public let id: DomainID
    public let name: String
    /// ISO 3166-1 alpha-2: how people of the domain type numbers.
    public let region: String
    /// IANA name, such as `America/Los_Angeles`.
    public let timeZone: String
    /// The reseller's own domain; `nil` for a domain that only super-users administer from outside.
    public let reseller: DomainID?
    public let createdAt: Date

    /// The domain as plugins see it.
    public var record: DomainRecord { DomainRecord(id: id, name: name, region: region, timeZone: timeZone) }

    static let columns = "id, name, region, timeZone, resellerId, createdAt"

    init(_ row: Row) {
        id = row["id"]
        name = row["name"]
        region = row["region"]
        timeZone = row["timeZone"]
        reseller = row["resellerId"]
        createdAt = Date(milliseconds: row["createdAt"])
    }
}

/// A domain that is to be made.
public struct NewDomain: Sendable, Equatable {
    public let id: DomainID
    public let name: String
    public let region: String
    public let timeZone: String
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
    public var name: Change<String>
    public var region: Change<String>
    public var timeZone: Change<String>
    public var reseller: Change<DomainID?>

    public init(
        name: Change<String> = .keep, region: Change<String> = .keep, timeZone: Change<String> = .keep,
        reseller: Change<DomainID?> = .keep
    ) {
        self.name = name
        self.region = region
        self.timeZone = timeZone
        self.reseller = reseller
    }
}
