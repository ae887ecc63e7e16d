import ArgumentParser
import PatchbayHost
import PatchbaySDK

/// `patchbay number …`
struct NumberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "number", abstract: "Numbers, who uses them and who carries their messages.",
        subcommands: [Add.self, List.self, Assign.self, Unassign.self, Rename.self, SetCarrier.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a number one of a domain's.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "As people of the domain write it, or with + and the country code.")
        var number: String
        @Option(help: "The domain it belongs to.")
        var domain: String
        @Option(help: "What people call it, such as “Front desk”.")
        var label: String
        @Option(help: "The carrier plugin that carries its messages, such as kannel.")
        var carrier: String?
        @Flag(help: "Switch SMS on for it.")
        var sms = false

        func run() throws {
            let desk = try store.open()
            let id = DomainID(rawValue: domain)
            let made = try desk.store.writeNow { db in
                let carrier = carrier.map(PluginID.init(rawValue:))
                let entry = try desk.numbers.add(typed: number, to: id, label: label, carrier: carrier, in: db)
                if sms {
                    let plugin = PluginID(rawValue: NumberFeature.sms.rawValue)
                    try Gates.setSwitch(plugin, .number, subject: entry.number.e164, isOn: true, in: db)
                }
                return entry
            }
            print("Made \(made.number) a number of \(domain)\(sms ? ", with SMS" : "").")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the numbers of a domain.")
        @OptionGroup var store: StoreOptions
        @Argument var domain: String

        func run() throws {
            let desk = try store.open()
            var table = TextTable("NUMBER", "LABEL", "SMS", "CARRIER", "USERS")
            let id = DomainID(rawValue: domain)
            let numbers = try desk.store.readNow { db in
                _ = try desk.directory.known(id, in: db)
                return try everything { try desk.numbers.numbers(of: id, $0, in: db) }
            }
            for entry in numbers {
                table.add(
                    entry.number.e164, entry.record.label, entry.hasSMS ? "on" : "off",
                    entry.record.carrier?.rawValue ?? "", entry.users.map(\.extension).joined(separator: " "))
            }
            table.show()
        }
    }

    struct Assign: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give a number to a user; a number can have many.")
        @OptionGroup var store: StoreOptions
        @Argument var number: String
        @Argument(help: "extension@domain or e-mail address.") var login: String

        func run() throws {
            let desk = try store.open()
            let done = try desk.store.writeNow { db in
                let user = try desk.user(login, in: db)
                let record = try desk.number(number, of: user.domain, in: db)
                try desk.numbers.assign(record.number, to: user.id, of: user.domain, in: db)
                return "\(record.number) is \(user.login)'s now."
            }
            print(done)
        }
    }

    struct Unassign: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a number from a user.")
        @OptionGroup var store: StoreOptions
        @Argument var number: String
        @Argument(help: "extension@domain or e-mail address.") var login: String

        func run() throws {
            let desk = try store.open()
            let done = try desk.store.writeNow { db in
                let user = try desk.user(login, in: db)
                let record = try desk.number(number, of: user.domain, in: db)
                try desk.numbers.unassign(record.number, from: user.id, of: user.domain, in: db)
                return "\(record.number) is no longer \(user.login)'s."
            }
            print(done)
        }
    }

    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change what people call a number.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "With + and the country code.") var number: String
        @Option(help: "Such as “Front desk”.") var label: String

        func run() throws {
            let desk = try store.open()
            try desk.store.writeNow { db in
                let record = try desk.number(number, in: db)
                try desk.numbers.update(record.number, of: record.domain, NumberChange(label: .set(label)), in: db)
            }
            print("\(number) is called \(label) now.")
        }
    }

    struct SetCarrier: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Choose who carries a number's messages.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "With + and the country code.") var number: String
        @Argument(help: "A carrier plugin's id, such as kannel; none for no carrier.") var carrier: String

        func run() throws {
            let desk = try store.open()
            let chosen = carrier == "none" ? nil : PluginID(rawValue: carrier)
            try desk.store.writeNow { db in
                let record = try desk.number(number, in: db)
                try desk.numbers.update(
                    record.number, of: record.domain, NumberChange(carrier: .set(chosen)), in: db)
            }
            print("\(number): carrier \(chosen?.rawValue ?? "none").")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a number from its domain.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "With + and the country code.") var number: String
        @Flag(help: "Really do it.") var yes = false

        func run() throws {
            guard yes else { throw PlainError("Its users lose its conversations. Add --yes if you mean it.") }
            let desk = try store.open()
            try desk.store.writeNow { db in
                let record = try desk.number(number, in: db)
                try desk.numbers.remove(record.number, of: record.domain, in: db)
            }
            print("Removed \(number).")
        }
    }
}
