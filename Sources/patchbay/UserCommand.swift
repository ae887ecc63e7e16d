import ArgumentParser
import PatchbayHost
import PatchbaySDK

/// `patchbay user …`
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Users: the people of a domain.",
        subcommands: [Add.self, List.self, Change.self, SetPassword.self, Disable.self, Enable.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a user. The password is asked for.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain, such as 1001@harbor.example.")
        var login: String
        @Option(help: "First and last name.")
        var name: String
        @Option(help: "They can sign in with it, too.")
        var email: String?
        @Option(help: "What kind of user it is.")
        var scope = Scope.basicUser
        @Flag(help: "Set no password: they can't sign in yet.")
        var noPassword = false
        @OptionGroup var password: PasswordSource

        func run() throws {
            let desk = try store.open()
            guard let at = login.lastIndex(of: "@") else {
                throw PlainError("Write extension@domain, such as 1001@harbor.example.")
            }
            let domain = DomainID(rawValue: String(login[login.index(after: at)...]).lowercased())
            _ = try desk.store.readNow { db in try desk.directory.known(domain, in: db) }
            let hash = noPassword ? nil : try desk.passwords.hashNow(try password.read(for: login))
            let new = NewUser(
                extension: String(login[..<at]), fullName: name, email: email, scope: scope, passwordHash: hash)
            let made = try desk.store.writeNow { db in try desk.directory.addUser(new, to: domain, in: db) }
            print("Made user \(made.login).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the users of a domain.")
        @OptionGroup var store: StoreOptions
        @Argument var domain: String

        func run() throws {
            let desk = try store.open()
            var table = TextTable("EXTENSION", "NAME", "E-MAIL", "SCOPE", "STATE", "LAST SEEN")
            let id = DomainID(rawValue: domain)
            let users = try desk.store.readNow { db in
                _ = try desk.directory.known(id, in: db)
                return try everything { try desk.directory.users(of: id, includingDisabled: true, $0, in: db) }
            }
            for user in users {
                let state = !user.isEnabled ? "disabled" : user.hasPassword ? "enabled" : "no password"
                table.add(
                    user.extension, user.fullName, user.email ?? "", user.scope.rawValue, state,
                    user.lastSeenAt?.rfc3339 ?? "")
            }
            table.show()
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a user; what isn't given stays.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String
        @Option(help: "First and last name.") var name: String?
        @Option(name: .customLong("extension"), help: "The extension of their phone.") var phone: String?
        @Option(help: "They can sign in with it, too; none for no address.") var email: String?
        @Option(help: "What kind of user it is.") var scope: Scope?

        func run() throws {
            try requireOne(of: [name, phone, email, scope?.rawValue], "--name, --extension, --email or --scope")
            let change = UserChange(
                extension: .given(phone), fullName: .given(name), email: .given(email.map { $0 == "none" ? nil : $0 }),
                scope: .given(scope))
            let desk = try store.open()
            let now = try desk.store.writeNow { db in
                let user = try desk.user(login, in: db)
                return try desk.directory.updateUser(user.id, of: user.domain, change, in: db)
            }
            print("Changed user \(now.login): \(now.fullName), \(now.scope.rawValue).")
        }
    }

    struct SetPassword: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a user's password. It is asked for; their sessions end.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String
        @OptionGroup var password: PasswordSource

        func run() throws {
            let desk = try store.open()
            let user = try desk.store.readNow { db in try desk.user(login, in: db) }
            let hash = try desk.passwords.hashNow(try password.read(for: user.login))
            try desk.store.writeNow { db in
                try desk.directory.setPasswordHash(hash, of: user.id, of: user.domain, keeping: nil, in: db)
            }
            print("Set the password of \(user.login).")
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keep a user out; their messages and numbers stay.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String

        func run() throws { try set(login, isEnabled: false, store) }
    }

    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a disabled user in again.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String

        func run() throws { try set(login, isEnabled: true, store) }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a user with their personal contacts.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "extension@domain or e-mail address.") var login: String
        @Flag(help: "Really do it.") var yes = false

        func run() throws {
            guard yes else { throw PlainError("That can't be undone. Add --yes if you mean it, or disable the user.") }
            let desk = try store.open()
            let removed = try desk.store.writeNow { db in
                let user = try desk.user(login, in: db)
                try desk.directory.removeUser(user.id, of: user.domain, in: db)
                return user
            }
            print("Removed user \(removed.login).")
        }
    }

    private static func set(_ login: String, isEnabled: Bool, _ store: StoreOptions) throws {
        let desk = try store.open()
        let user = try desk.store.writeNow { db in
            let user = try desk.user(login, in: db)
            let change = UserChange(isEnabled: .set(isEnabled))
            return try desk.directory.updateUser(user.id, of: user.domain, change, in: db)
        }
        print("\(isEnabled ? "Enabled" : "Disabled") user \(user.login).")
    }
}

extension Scope: @retroactive ExpressibleByArgument {}
