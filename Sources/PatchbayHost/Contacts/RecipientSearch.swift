import PatchbaySDK

/// Answers what somebody types into the recipient field of a new conversation (S11, S12, S32, S33).
public struct RecipientSearch: Sendable {
    private let directory: DirectoryStore
    private let contacts: ContactBook

    /// Makes a search over the users of `directory` and the entries of `contacts`.
    public init(directory: DirectoryStore, contacts: ContactBook) {
        self.directory = directory
        self.contacts = contacts
    }

    /// Users first, then contacts with each of their numbers, then the typed number itself when it is no contact's.
    ///
    /// - Parameter limit: Of users and of contacts, each; 1 to 200.
    public func recipients(
        matching query: String, for caller: Caller, limit: Int = 20, in db: Database
    ) throws -> [Recipient] {
        let page = try PageRequest(limit: limit)
        let users = try directory.users(
            of: caller.domain, matching: query, except: caller.user, includingDisabled: false, page, in: db)
        let entries = try contacts.contacts(matching: query, for: caller, page, in: db)
        var found = users.items.map { Recipient.user($0.record) }
        for contact in entries.items {
            found += Self.asked(of: contact, by: query).map { .contact(contact, number: $0) }
        }
        if let number = try typedNumber(query, for: caller, in: db) { found.append(.number(number)) }
        return found
    }

    /// All of a contact's numbers when it was found by name; those that match when it was found by digits.
    private static func asked(of contact: Contact, by query: String) -> [ContactCard.Endpoint] {
        guard let digits = SearchText.digits(of: query) else { return contact.numbers }
        let matching = contact.numbers.filter { $0.value.contains(digits) }
        return matching.isEmpty ? contact.numbers : matching
    }

    private func typedNumber(_ query: String, for caller: Caller, in db: Database) throws -> PhoneNumber? {
        let region = try contacts.region(of: caller.domain, in: db)
        guard SearchText.digits(of: query) != nil, let number = try? PhoneNumber(typed: query, region: region),
            try contacts.match(number, for: caller, in: db) == nil
        else { return nil }
        return number
    }
}
