import PatchbayHost
import PatchbaySDK

/// The people, numbers and contacts of the demo, made through the same stores as real ones.
struct DemoData {
    let portal: Portal

    static let signIns = [
        "1001@harbor.example (Ann)", "1002@harbor.example (Ben)", "1004@harbor.example (Olga, office manager)",
        "1000@harbor.example (administrator)",
    ].joined(separator: ", ")

    private static let harbor = DomainID(rawValue: "harbor.example")
    private static let timber = DomainID(rawValue: "timber.example")

    /// Fills an empty store.
    func fill(password: String) async throws {
        let hash = try await portal.passwords.hash(password)
        try await portal.store.write { [portal] db in
            let directory = portal.directory
            try directory.addDomain(
                NewDomain(id: Self.harbor, name: "Harbor & Pine", region: "US", timeZone: "America/Los_Angeles"), in: db
            )
            try directory.addDomain(
                NewDomain(id: Self.timber, name: "Timber & Sons", region: "US", timeZone: "America/Denver"), in: db)
            func user(_ number: String, _ name: String, _ scope: Scope, of domain: DomainID) throws -> User {
                let email = name.lowercased().split(separator: " ").joined(separator: ".") + "@\(domain)"
                return try directory.addUser(
                    NewUser(extension: number, fullName: name, email: email, scope: scope, passwordHash: hash),
                    to: domain, in: db)
            }
            let ann = try user("1001", "Ann Whitfield", .basicUser, of: Self.harbor)
            let ben = try user("1002", "Ben Okafor", .basicUser, of: Self.harbor)
            _ = try user("1003", "Cleo Marchetti", .basicUser, of: Self.harbor)
            _ = try user("1004", "Olga Lindqvist", .officeManager, of: Self.harbor)
            _ = try user("1000", "Root Admin", .superUser, of: Self.harbor)
            _ = try user("2001", "Theo Brandt", .basicUser, of: Self.timber)
            for plugin in [PluginID(rawValue: "sms"), PluginID(rawValue: "chat")] {
                try Gates.setSwitch(plugin, .system, subject: "", isOn: true, in: db)
                for domain in [Self.harbor, Self.timber] {
                    try Gates.setSwitch(plugin, .domain, subject: domain.rawValue, isOn: true, in: db)
                }
            }
            try number("+16195550188", "Front desk", for: [ann.id, ben.id], of: Self.harbor, in: db)
            try number("+16195550123", "Ann direct", for: [ann.id], of: Self.harbor, in: db)
            try contact("Bob Smith", "Smith Boats", ["Mobile": "+16195550142", "Work": "+16195550143"], in: db)
            try contact("Karen Adams", "", ["Home": "+18585550133"], in: db)
        }
    }

    /// Adds a number that the simulated carrier serves, with SMS switched on.
    func number(
        _ number: String, _ label: String, for users: [UserID], of domain: DomainID, in db: Database
    ) throws {
        let entry = try portal.numbers.add(
            typed: number, to: domain, label: label, carrier: PluginID(rawValue: "simulator"), in: db)
        try Gates.setSwitch(PluginID(rawValue: "sms"), .number, subject: number, isOn: true, in: db)
        for user in users { try portal.numbers.assign(entry.number, to: user, of: domain, in: db) }
    }

    private func contact(
        _ name: String, _ company: String, _ numbers: KeyValuePairs<String, String>, in db: Database
    ) throws {
        let draft = ContactDraft(
            name: name, company: company, isShared: true,
            numbers: numbers.map { ContactCard.Endpoint(label: $0.key, value: $0.value) })
        try portal.contacts.add(draft, to: Self.harbor, owner: nil, in: db)
    }
}
