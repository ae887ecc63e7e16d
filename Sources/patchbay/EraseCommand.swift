import ArgumentParser
import PatchbayHost
import PatchbaySDK

extension RecordsCommand {
    struct Erase: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a person's data for good; an opt-out of the number stays.",
            discussion: """
                Without --yes it only says what there is. The server does the work, at once when it runs, else when it \
                starts; `GET /api/v1/admin/domains/DOMAIN/erasures` and the page Records say when nothing is left.
                """)
        @OptionGroup var store: StoreOptions
        @Argument(help: "The outside number, or extension@domain of a user.") var person: String
        @Option(help: "The domain that has the number's conversations.") var domain: String?
        @Flag(help: "Really do it.") var yes = false

        func run() throws {
            let desk = try store.open()
            let (person, domain) = try desk.store.readNow { db in try found(in: desk, db) }
            let counts = try desk.store.readNow { db in
                try person.requireNotHeld(in: domain, db)
                return try person.counts(in: domain, db)
            }
            // A user goes with the account: nothing of that is counted.
            if case .user = person { print("The account \(self.person).") }
            print(
                """
                \(counts.conversations) conversations with \(counts.messages) messages and \(counts.files) files, \
                \(counts.scheduled) scheduled messages, \(counts.contacts) contacts, \(counts.calls) calls.
                """)
            guard yes else { throw PlainError("That can't be undone. Add --yes if you mean it.") }
            _ = try desk.store.writeNow { db in
                try Erasure.begin(
                    person, of: domain, by: nil, directory: desk.directory, at: desk.clock.now, in: db)
            }
            print("The server removes them now, or when it starts.")
        }

        private func found(in desk: Desk, _ db: Database) throws -> (ErasedPerson, DomainID) {
            if person.contains("@") {
                let user = try desk.user(person, in: db)
                return (.user(user.id), user.domain)
            }
            guard let domain else { throw PlainError("Say whose conversations with --domain.") }
            let known = try desk.directory.known(DomainID(rawValue: domain), in: db)
            return (ErasedPerson(typed: person, region: known.region), known.id)
        }
    }
}
