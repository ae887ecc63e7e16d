import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct DirectoryTests {
    let installation: DirectoryInstallation
    let harbor = DirectoryInstallation.harbor
    let timber = DirectoryInstallation.timber

    init() throws { installation = try DirectoryInstallation() }

    @Test func anExtensionBelongsToOneUserOfADomainButMayExistInAnother() throws {
        try installation.add("Ann Whitfield", "1001")

        #expect(refusal { try installation.add("Ben Okafor", "1001") } == "directory.extension-taken")
        #expect(refusal { try installation.add("Theo", "1001", to: timber) } == nil)
    }

    @Test func anEmailAddressBelongsToOneUserOfTheInstallationWhateverItsCase() throws {
        try installation.add("Ann Whitfield", "1001", email: "ann@harbor.example")

        let second = refusal { try installation.add("Theo", "2001", email: "Ann@Harbor.example", to: timber) }

        #expect(second == "directory.email-taken")
    }

    @Test(arguments: [
        ("", "US", "UTC", "directory.domain-id-invalid"), ("a b.example", "US", "UTC", "directory.domain-id-invalid"),
        ("new.example", "XX", "UTC", "directory.region-unknown"),
        ("new.example", "USA", "UTC", "directory.region-unknown"),
        ("new.example", "US", "Mars/Olympus", "directory.time-zone-unknown"),
        ("harbor.example", "US", "UTC", "directory.domain-taken"),
    ])
    func aDomainThatCannotBeIsRefused(id: String, region: String, timeZone: String, expected: String) throws {
        let new = NewDomain(id: DomainID(rawValue: id), name: "New", region: region, timeZone: timeZone)

        #expect(
            refusal {
                try installation.store.writeNow { [installation] db in
                    try installation.directory.addDomain(new, in: db)
                }
            } == expected)
    }

    @Test(arguments: [
        ("12a", "Ann", nil, "directory.extension-invalid"), ("", "Ann", nil, "directory.extension-invalid"),
        ("1001", "  ", nil, "directory.name-invalid"), ("1001", "Ann\nWhitfield", nil, "directory.name-invalid"),
        ("1001", "Ann", "ann", "directory.email-invalid"), ("1001", "Ann", "a@b@c", "directory.email-invalid"),
    ])
    func aUserWhoCannotBeIsRefused(number: String, name: String, email: String?, expected: String) throws {
        #expect(refusal { try installation.add(name, number, email: email) } == expected)
    }

    @Test func aUserOfAnUnknownDomainIsRefused() throws {
        let nowhere = DomainID(rawValue: "nowhere.example")

        #expect(refusal { try installation.add("Ann", "1001", to: nowhere) } == "directory.domain-unknown")
    }

    @Test func aUserSignsInByExtensionOrEmail() throws {
        let ann = try installation.add("Ann Whitfield", "1001", email: "ann@mail.example")

        let found = try installation.store.readNow { db in
            try ["1001@HARBOR.example", "Ann@Mail.Example", " 1001@harbor.example "].map {
                try installation.directory.user(login: $0, in: db)?.id
            }
        }

        #expect(found == [ann.id, ann.id, ann.id])
    }

    @Test("A6: a user of another domain is not found by id, list or change") func strangersAreNotFound() throws {
        let ann = try installation.add("Ann Whitfield", "1001")

        let (record, list) = try installation.store.readNow { db in
            let page = try installation.directory.users(of: timber, includingDisabled: true, .first, in: db)
            return (try installation.directory.user(ann.id, of: timber, in: db), page.items)
        }
        let change = refusal {
            try installation.store.writeNow { [installation, timber] db in
                try installation.directory.updateUser(ann.id, of: timber, UserChange(fullName: .set("Eve")), in: db)
            }
        }

        #expect(record == nil)
        #expect(list.isEmpty)
        #expect(change == "not-found")
    }

    @Test func searchingIgnoresCaseAndAccentsAndFindsExtensions() throws {
        try installation.add("Zoë Müller", "1001")
        try installation.add("Ben Okafor", "1002")

        let found = try installation.store.readNow { db in
            try ["zoe muller", "MÜL", "1002", "okafor ben", "%", "nobody"].map {
                try installation.directory.users(of: harbor, matching: $0, includingDisabled: false, .first, in: db)
                    .items.map(\.extension)
            }
        }

        #expect(found == [["1001"], ["1001"], ["1002"], ["1002"], [], []])
    }

    @Test func pagesShowEverybodyOnceInOrderOfNames() throws {
        for number in 10..<35 { try installation.add("Person \(number % 7)", "\(number)") }

        var (seen, cursor): ([String], String?) = ([], nil)
        repeat {
            let page = try installation.store.readNow { db in
                try installation.directory.users(
                    of: harbor, includingDisabled: true, try PageRequest(limit: 4, cursor: cursor), in: db)
            }
            seen += page.items.map { $0.fullName + $0.extension }
            cursor = page.next
        } while cursor != nil

        #expect(seen.count == 25)
        #expect(Set(seen).count == 25)
        #expect(seen.map { $0.prefix(8) } == seen.map { $0.prefix(8) }.sorted())
    }

    @Test(arguments: ["x", "W10", "!!!!", ""]) func aMadeUpCursorIsRefused(cursor: String) throws {
        #expect(
            refusal {
                _ = try installation.store.readNow { db in
                    try installation.directory.users(
                        of: harbor, includingDisabled: true, try PageRequest(cursor: cursor), in: db)
                }
            } == "page.cursor-invalid")
    }

    @Test(arguments: [0, -1, 201, Int.max]) func aPageHasOneToTwoHundredEntries(limit: Int) {
        #expect(refusal { _ = try PageRequest(limit: limit) } == "page.limit-out-of-range")
    }

    @Test(arguments: [
        (Scope.superUser, [true, true, true]), (.reseller, [true, true, false]),
        (.officeManager, [true, false, false]),
        (.siteManager, [false, false, false]), (.basicUser, [false, false, false]),
    ])
    func administeringReachesAsFarAsTheScope(scope: Scope, expected: [Bool]) throws {
        let ours = DomainID(rawValue: "ours.example")
        try installation.store.writeNow { [installation, harbor] db in
            try installation.directory.addDomain(
                NewDomain(id: ours, name: "Ours", region: "US", timeZone: "UTC", reseller: harbor), in: db)
        }
        let caller = try installation.add("Olga Lindqvist", "1004", scope: scope).caller

        let (may, listed) = try installation.store.readNow { db in
            let may = try [harbor, ours, timber].map { try installation.directory.mayAdminister(caller, $0, in: db) }
            return (may, try installation.directory.domains(.first, administeredBy: caller, in: db).items.map(\.id))
        }

        #expect(may == expected)
        #expect(Set(listed) == Set(zip([harbor, ours, timber], expected).filter(\.1).map(\.0)))
    }

    @Test func nobodyAdministersSomebodyWithMoreRights() throws {
        let olga = try installation.add("Olga Lindqvist", "1004", scope: .officeManager)
        let root = try installation.add("Root Admin", "1000", scope: .superUser)

        let touched = refusal {
            _ = try installation.store.readNow { db in
                try installation.directory.administered(root.id, by: olga.caller, in: db)
            }
        }
        let granted = refusal { try installation.directory.requireMayGrant(.reseller, by: olga.caller) }

        #expect(touched == "directory.scope-too-high")
        #expect(granted == "directory.scope-too-high")
    }

    @Test func removingADomainTakesAllOfItAndNothingElse() throws {
        let ann = try installation.ann()
        let theo = try installation.add("Theo", "2001", to: timber)
        try installation.store.writeNow { [installation, harbor] db in
            let number = try installation.numbers.add(
                typed: "619 555 0188", to: harbor, label: "Front desk", carrier: nil, in: db)
            try installation.numbers.assign(number.number, to: ann.id, of: harbor, in: db)
            try installation.contacts.add(ContactDraft(name: "Bob", isShared: false), for: ann.caller, in: db)
            try Gates.setSwitch(PluginID(rawValue: "sms"), .number, subject: "+16195550188", isOn: true, in: db)

            try installation.directory.removeDomain(harbor, in: db)
        }

        let left = try installation.store.readNow { db in
            try ["user", "number", "numberUser", "contact", "featureSwitch"].map {
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? -1
            }
        }
        #expect(left == [1, 0, 0, 0, 0])
        #expect(try installation.store.readNow { db in try installation.directory.find(theo.id, in: db) } != nil)
        #expect(try installation.store.integrityFaults().isEmpty)
    }
}
