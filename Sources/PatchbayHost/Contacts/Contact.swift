import Foundation
import PatchbaySDK

/// An entry of a personal or the domain's address book.
public struct Contact: Sendable, Equatable {
    public let id: ContactID
    public let domain: DomainID
    /// Whose it is; `nil` when everybody of the domain has it.
    public let owner: UserID?
    public let name: String
    public let company: String
    public let notes: String
    /// Numbers in E.164, in the order they were given.
    public let numbers: [ContactCard.Endpoint]
    public let emails: [ContactCard.Endpoint]
    public let createdAt: Date
    public let updatedAt: Date

    public var isShared: Bool { owner == nil }

    /// The entry as plugins see it.
    public var card: ContactCard {
        ContactCard(id: id.rawValue, name: name, company: company, numbers: numbers, emails: emails)
    }

    static let columns = """
        contact.id, contact.domainId, contact.ownerId, contact.name, contact.company, contact.notes,
        contact.createdAt, contact.updatedAt
        """

    init(_ row: Row, numbers: [ContactCard.Endpoint], emails: [ContactCard.Endpoint]) {
        id = row["id"]
        domain = row["domainId"]
        owner = row["ownerId"]
        name = row["name"]
        company = row["company"]
        notes = row["notes"]
        self.numbers = numbers
        self.emails = emails
        createdAt = Date(milliseconds: row["createdAt"])
        updatedAt = Date(milliseconds: row["updatedAt"])
    }
}

/// A contact as a person fills it in.
public struct ContactDraft: Sendable, Equatable {
    public var name: String
    public var company: String
    public var notes: String
    /// Whether everybody of the domain shall have it.
    public var isShared: Bool
    /// Numbers in any spelling of the domain's region.
    public var numbers: [ContactCard.Endpoint]
    public var emails: [ContactCard.Endpoint]

    public init(
        name: String, company: String = "", notes: String = "", isShared: Bool,
        numbers: [ContactCard.Endpoint] = [], emails: [ContactCard.Endpoint] = []
    ) {
        self.name = name
        self.company = company
        self.notes = notes
        self.isShared = isShared
        self.numbers = numbers
        self.emails = emails
    }
}

/// Who a number belongs to, for the title of a conversation: “Bob Smith – Mobile”.
public struct ContactMatch: Sendable, Equatable {
    public let contact: ContactID
    public let name: String
    /// What the number is called, such as “Mobile”.
    public let label: String
}
