import ArgumentParser
import PatchbayHost
import PatchbaySDK

/// `patchbay domain …`
struct DomainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain", abstract: "Domains: the companies that share this installation.",
        subcommands: [Add.self, List.self, Change.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a domain.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "Its name, such as harbor.example; people sign in as 1001@ it.")
        var domain: String
        @Option(help: "What people call it, such as “Harbor & Pine”; else the domain's name.")
        var name: String?
        @Option(help: "The country whose way of writing numbers people use, by ISO 3166, such as US.")
        var region: String
        @Option(help: "Such as America/Los_Angeles.")
        var timeZone: String
        @Option(help: "The domain of the reseller who administers it.")
        var reseller: String?

        func run() throws {
            let desk = try store.open()
            let new = NewDomain(
                id: DomainID(rawValue: domain), name: name ?? domain, region: region, timeZone: timeZone,
                reseller: reseller.map(DomainID.init(rawValue:)))
            let made = try desk.store.writeNow { db in try desk.directory.addDomain(new, in: db) }
            print("Made domain \(made.id).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the domains.")
        @OptionGroup var store: StoreOptions

        func run() throws {
            let desk = try store.open()
            var table = TextTable("DOMAIN", "NAME", "REGION", "TIME ZONE", "RESELLER")
            let domains = try desk.store.readNow { db in
                try everything { try desk.directory.domains($0, administeredBy: nil, in: db) }
            }
            for domain in domains {
                table.add(
                    domain.id.rawValue, domain.name, domain.region, domain.timeZone, domain.reseller?.rawValue ?? "")
            }
            table.show()
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a domain; what isn't given stays.")
        @OptionGroup var store: StoreOptions
        @Argument(help: "The domain, such as harbor.example.") var domain: String
        @Option(help: "What people call it.") var name: String?
        @Option(help: "The country whose way of writing numbers people use, such as US.") var region: String?
        @Option(help: "Such as America/Los_Angeles; figures of earlier days are counted anew.") var timeZone: String?
        @Option(help: "The domain of the reseller who administers it; none for nobody.") var reseller: String?

        func run() throws {
            try requireOne(of: [name, region, timeZone, reseller], "--name, --region, --time-zone or --reseller")
            let change = DomainChange(
                name: .given(name), region: .given(region), timeZone: .given(timeZone),
                reseller: .given(reseller.map { $0 == "none" ? nil : DomainID(rawValue: $0) }))
            let desk = try store.open()
            let id = DomainID(rawValue: domain)
            let now = try desk.store.writeNow { db in try desk.directory.updateDomain(id, change, in: db) }
            print("Changed domain \(now.id): \(now.name), \(now.region), \(now.timeZone).")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a domain with its users, numbers, contacts and messages.")
        @OptionGroup var store: StoreOptions
        @Argument var domain: String
        @Flag(help: "Really do it.") var yes = false

        func run() throws {
            guard yes else {
                throw PlainError("That removes \(domain) with all its users and messages. Add --yes if you mean it.")
            }
            let desk = try store.open()
            let id = DomainID(rawValue: domain)
            try desk.store.writeNow { db in try desk.directory.removeDomain(id, in: db) }
            print("Removed domain \(domain).")
        }
    }
}

/// All pages of a list, one after the other.
func everything<Item>(_ page: (PageRequest) throws -> Page<Item>) throws -> [Item] {
    var items: [Item] = []
    var cursor: String?
    repeat {
        let part = try page(try PageRequest(limit: 200, cursor: cursor))
        items += part.items
        cursor = part.next
    } while cursor != nil
    return items
}
