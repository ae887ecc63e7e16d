import PatchbaySDK

extension Event {
    /// A simulated phone shows something new; for pages that are open now.
    static func phoneChanged(_ phone: String, in domain: DomainID) -> Event {
        Event("simulator.phone.changed", in: domain, to: .domain, ["number": .string(phone)])
    }
}
