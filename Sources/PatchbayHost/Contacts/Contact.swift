import Foundation
import PatchbaySDK

/// An entry of a personal or the domain's address book.
public struct Contact: Sendable, Equatable {
    /// The entry's own id.
    public let id: ContactID
    /// The domain that it belongs to; nobody else sees it.
    public let domain: DomainID
    /// Whose it is; `nil` when everybody of the domain has it.
    public let owner: UserID?
    /// The person's name, or a company's; 1 to 200 characters.
    public let name: String
    /// The company that the person works for; empty when none is known.
    public let company: String
    /// Free text that people keep on the person; never part of a message.
    public let notes: String
    /// Numbers in E.164, in the order they were given.
    public let numbers: [ContactCard.Endpoint]
    /// E-mail addresses, in the order they were given.
    public let emails: [ContactCard.Endpoint]
    /// When it was entered.
    public let createdAt: Date
    /// When it was last changed.
    public let updatedAt: Date

    /// Whether everybody of the domain has it.
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
    /// The person's name, or a company's; 1 to 200 characters on one line.
    public var name: String
    /// The company that the person works for; empty for none.
    public var company: String
    /// Free text about the person.
    public var notes: String
    /// Whether everybody of the domain shall have it.
    public var isShared: Bool
    /// Numbers in any spelling of the domain's region.
    public var numbers: [ContactCard.Endpoint]
    /// E-mail addresses, in the order they shall be shown.
    public var emails: [ContactCard.Endpoint]

    /// Makes a draft; what isn't given is empty.
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
    /// The entry that the number is in.
    public let contact: ContactID
    /// The entry's name.
    public let name: String
    /// What the number is called, such as “Mobile”.
    public let label: String
}
