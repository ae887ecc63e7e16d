/// Somebody in an address book.
public struct ContactCard: Sendable, Equatable {
    /// A number or address with what it is called, such as “Mobile”.
    public struct Endpoint: Sendable, Equatable {
        /// What it is called, such as “Mobile”; empty for nothing.
        public let label: String
        /// The number in E.164, or the e-mail address.
        public let value: String
        /// Makes a labelled number or address.
        public init(label: String, value: String) {
            self.label = label
            self.value = value
        }
    }

    /// The provider's id of the entry.
    public let id: String
    /// The person's name; may be empty where there is a company.
    public let name: String
    /// The company's name; empty for none.
    public let company: String
    /// Numbers in E.164.
    public let numbers: [Endpoint]
    /// E-mail addresses.
    public let emails: [Endpoint]

    /// Makes an entry; what isn't given is empty.
    public init(id: String, name: String, company: String = "", numbers: [Endpoint], emails: [Endpoint] = []) {
        self.id = id
        self.name = name
        self.company = company
        self.numbers = numbers
        self.emails = emails
    }
}

/// Finds people by number or name. Provided by the host's personal and domain books and by adapters (CRM, PBX).
public protocol ContactLookup: Sendable {
    /// The entry with `number` that `caller` may see; the host takes the first answer in the manifest's order.
    func contact(with number: PhoneNumber, for caller: Caller) async throws -> ContactCard?
    /// Entries whose name, company or digits match; the host merges all answers.
    func contacts(matching query: String, for caller: Caller, limit: Int) async throws -> [ContactCard]
}
