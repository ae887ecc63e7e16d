import ArgumentParser
import PatchbayHost
import PatchbaySDK

/// `patchbay records …`
struct RecordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Everything of a conversation or of a person: as one ZIP file, or removed.",
        subcommands: [Conversation.self, Person.self, Erase.self])

    struct Conversation: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Export a conversation with its messages and files.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "The conversation's id, as in its page's address.") var id: String
        @Option(help: "The file to write; it must not be there yet.") var to: String

        func run() throws {
            let desk = try store.open()
            let domain = try desk.store.readNow { db in
                try DomainID.fetchOne(db, sql: "SELECT domainId FROM conversation WHERE id = ?", arguments: [id])
            }
            guard let domain else { throw PlainError("There is no conversation \(id).") }
            try desk.export(.conversation(ConversationID(rawValue: id)), of: domain, to: to)
        }
    }

    struct Person: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Export what is kept of a user: profile, contacts, messages, calls, sessions, audit log.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String
        @Option(help: "The file to write; it must not be there yet.") var to: String

        func run() throws {
            let desk = try store.open()
            let user = try desk.store.readNow { db in try desk.user(login, in: db) }
            try desk.export(.person(user.id), of: user.domain, to: to)
        }
    }
}

extension Desk {
    fileprivate func export(_ subject: RecordExport.Subject, of domain: DomainID, to path: String) throws {
        try RecordExport(store: store, clock: clock).writeNow(subject, of: domain, to: path)
        // Taking data out changes nothing here, and is recorded all the same.
        try Deed.current?.recordUnlessWrittenNow(in: store)
        print("Wrote \(path).")
    }
}
