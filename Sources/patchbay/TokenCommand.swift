import ArgumentParser
import Foundation
import PatchbayHost
import PatchbaySDK

/// `patchbay token …`
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens: the keys of API clients.",
        subcommands: [Add.self, List.self, Revoke.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token of a user. It is shown this once.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String
        @Option(help: "What it is for, such as “CRM”.") var name: String
        @Option(name: .customLong("permission"), help: "What it may do, such as sms.use; give it once for each.")
        var permissions: [String]
        @Option(help: "After how many days it ends.") var days = 365

        func run() throws {
            guard (1...3650).contains(days) else { throw PlainError("A token lives 1 to 3650 days.") }
            let wanted = Set(permissions.map(Permission.init(rawValue:)))
            try store.require(permissions: wanted)
            let desk = try store.open()
            let expiry = desk.clock.now.addingTimeInterval(Double(days) * 86_400)
            let tokens = TokenStore(store: desk.store, clock: desk.clock)
            let made = try desk.store.writeNow { db in
                // The operator may grant anything; when it is used, the user's scope narrows it.
                try tokens.make(
                    name: name, permissions: wanted, heldBy: try desk.user(login, in: db).caller, having: wanted,
                    expiresAt: expiry, in: db)
            }
            print(made.secret)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a user's tokens.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String

        func run() throws {
            let desk = try store.open()
            let tokens = TokenStore(store: desk.store, clock: desk.clock)
            var table = TextTable("ID", "NAME", "PERMISSIONS", "ENDS", "LAST USED")
            let found = try desk.store.readNow { db in
                try tokens.tokens(of: try desk.user(login, in: db).caller, in: db)
            }
            for token in found {
                let permissions = token.permissions.map(\.rawValue).sorted().joined(separator: " ")
                table.add(
                    token.id.rawValue, token.name, permissions, token.expiresAt.rfc3339, token.lastUsedAt?.rfc3339 ?? ""
                )
            }
            table.show()
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a token.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String
        @Argument(help: "The id that `token list` shows.") var id: String

        func run() throws {
            let desk = try store.open()
            let tokens = TokenStore(store: desk.store, clock: desk.clock)
            try desk.store.writeNow { db in
                try tokens.revoke(TokenID(rawValue: id), of: try desk.user(login, in: db).caller, in: db)
            }
            print("Revoked \(id).")
        }
    }
}
