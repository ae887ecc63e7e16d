import ArgumentParser
import PatchbayHost
import PatchbaySDK

/// `patchbay audit …`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit log: who did what.", subcommands: [Verify.self, List.self])

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that no row of the audit log was changed, removed or moved.",
            discussion: """
                It prints the newest row's hash, the head. Note it elsewhere, and give it the next time: then rows that \
                were cut off or written anew are found, too.
                """)
        @OptionGroup var store: StoreOptions
        @Option(help: "A head that was noted earlier; it must be in the log still.") var head: String?

        func run() throws {
            // A slip of the keys must not look like somebody's tampering.
            guard head?.wholeMatch(of: /[0-9a-f]{64}/) != nil || head == nil else {
                throw PlainError("A head has 64 digits from 0 to f, as `patchbay audit verify` prints it.")
            }
            let desk = try store.open()
            let found = try desk.store.readNow { db in try AuditVerification(in: db, knowing: head) }
            guard found.faults.isEmpty else {
                throw PlainError("The audit log was tampered with.\n" + found.faults.joined(separator: "\n"))
            }
            print("The audit log is whole: \(found.count) rows. Head: \(found.head)")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the audit log, newest first.")
        @OptionGroup var store: StoreOptions
        @Option(help: "Only what concerns this domain.") var domain: String?
        @Option(help: "Only this deed, such as change-user.") var action: String?
        @Option(help: "Only what was done by or to this user (extension@domain or e-mail address).") var user: String?
        @Option(help: "How many, 1 to 200.") var limit = 50

        func run() throws {
            let desk = try store.open()
            var filter = AuditLog.Filter()
            filter.domain = domain.map(DomainID.init(rawValue:))
            filter.action = action
            let page = try PageRequest(limit: limit)
            let entries = try desk.store.readNow { db in
                filter.person = try user.map { try desk.user($0, in: db).id.rawValue }
                return try AuditLog.entries(filter, page, in: db).items
            }
            var table = TextTable("ROW", "TIME", "WHO", "DOMAIN", "WHAT", "TO", "DETAILS")
            for entry in entries {
                table.add(
                    String(entry.sequence), entry.at.rfc3339, "\(entry.actor.kind.rawValue) \(entry.actor.id)",
                    entry.domain?.rawValue ?? "", entry.action, entry.subject, entry.details)
            }
            table.show()
        }
    }
}
