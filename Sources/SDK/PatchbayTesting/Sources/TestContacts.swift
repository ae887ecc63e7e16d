import PatchbaySDK
import Synchronization

/// Acme's address book, which holds Karen Keller (“Mobile” `.customer`) at first.
public final class TestContacts: ContactLookup, Sendable {
    private let cards = Mutex<[(domain: DomainID, card: ContactCard)]>([
        (
            .acme,
            ContactCard(
                id: "contact-karen", name: "Karen Keller", company: "Keller Söhne",
                numbers: [.init(label: "Mobile", value: PhoneNumber.customer.e164)])
        )
    ])

    init() {}

    /// Puts `card` into the book of `domain`.
    public func add(_ card: ContactCard, to domain: DomainID) { cards.withLock { $0.append((domain, card)) } }

    /// The first entry of the caller's domain with `number`.
    public func contact(with number: PhoneNumber, for caller: Caller) async throws -> ContactCard? {
        book(of: caller).first { card in card.numbers.contains { $0.value == number.e164 } }
    }

    /// At most `limit` entries of the caller's domain whose name, company or number holds `query`.
    public func contacts(matching query: String, for caller: Caller, limit: Int) async throws -> [ContactCard] {
        let query = query.lowercased()
        let found = book(of: caller).filter { card in
            ([card.name, card.company] + card.numbers.map(\.value)).contains { $0.lowercased().contains(query) }
        }
        return Array(found.prefix(limit))
    }

    private func book(of caller: Caller) -> [ContactCard] {
        cards.withLock { cards in cards.filter { $0.domain == caller.domain }.map(\.card) }
    }
}
