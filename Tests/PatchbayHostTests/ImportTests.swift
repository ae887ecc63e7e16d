import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct ImportTests {
    let installation: DirectoryInstallation
    let harbor = DirectoryInstallation.harbor

    init() throws { installation = try DirectoryInstallation() }

    private func run(
        _ kind: ImportKind, _ csv: String, by caller: Caller? = nil, isDryRun: Bool = false
    ) async throws -> ImportReport {
        let csvImport = CSVImport(
            store: installation.store, directory: installation.directory, numbers: installation.numbers,
            contacts: installation.contacts)
        return try await csvImport.run(kind, csv: Array(csv.utf8), into: harbor, by: caller, isDryRun: isDryRun)
    }

    private func count(_ table: String) throws -> Int? {
        try installation.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") }
    }

    @Test func usersAreImportedWithQuotesLineEndsAndByteOrderMark() async throws {
        let csv =
            "\u{FEFF}Extension,Name,Email,Scope\r\n1001,\"Whitfield, Ann\",ann@harbor.example,office-manager\r\n\r\n1002,Ben \u{1F600},,\r\n"

        let report = try await run(.users, csv)

        #expect(report == ImportReport(imported: 2, faults: []))
        let names = try installation.store.readNow { db in
            try String.fetchAll(db, sql: "SELECT fullName || '/' || scope FROM user ORDER BY extension")
        }
        #expect(names == ["Whitfield, Ann/office-manager", "Ben \u{1F600}/basic-user"])
    }

    @Test func oneBadLineMeansNothingIsImportedAndEveryBadLineIsNamed() async throws {
        let csv =
            "extension,name,email\n1001,Ann,\n12x,Ben,\n1001,Cleo,\n1004,\"Olga\nLindqvist\",\n1005,Eve,nomail\n1006\n"

        let report = try await run(.users, csv)

        #expect(report.imported == 0)
        #expect(report.faults.map(\.line) == [3, 4, 5, 7, 8])
        #expect(report.faults[1].reason.contains("1001"))
        #expect(try count("user") == 0)
    }

    @Test func aDryRunSaysWhatWouldBeAndStoresNothing() async throws {
        let report = try await run(.users, "extension;name\n1001;Ann\n1002;Ben\n", isDryRun: true)

        #expect(report == ImportReport(imported: 2, faults: []))
        #expect(try count("user") == 0)
    }

    @Test(arguments: [
        ("", "empty"), ("extension,phone\n1,2", "There is no column “phone”"), ("name\nAnn", "“extension” is missing"),
        ("extension,name,name\n1,a,b", "occurs twice"), ("extension,name\n1,\"Ann", "never closed"),
        ("extension,name\n1,A\"nn", "inside a field"), ("extension,name\n1,\"Ann\"x", "after a closing quote"),
    ])
    func aFileThatIsNoTableIsAFault(csv: String, reason: String) async throws {
        let report = try await run(.users, csv)

        #expect(report.imported == 0)
        #expect(report.faults.contains { $0.reason.contains(reason) })
    }

    @Test func aFileThatIsNotUTF8IsRefused() async throws {
        let csvImport = CSVImport(
            store: installation.store, directory: installation.directory, numbers: installation.numbers,
            contacts: installation.contacts)

        let refused = await refusal {
            _ = try await csvImport.run(.users, csv: [0x65, 0xFF, 0xFE], into: harbor, by: nil, isDryRun: false)
        }

        #expect(refused == "import.not-utf8")
    }

    @Test func nobodyImportsUsersWithMoreRightsThanTheirOwn() async throws {
        let olga = try installation.add("Olga Lindqvist", "1004", scope: .officeManager).caller

        let report = try await run(.users, "extension,name,scope\n1,Eve,super-user\n", by: olga)

        #expect(report.faults.map(\.line) == [2])
        #expect(try count("user") == 1)
    }

    @Test("U23: numbers are imported in national form, assigned and switched") func numbers() async throws {
        let ann = try installation.add("Ann Whitfield", "1001")
        try installation.add("Ben Okafor", "1002")
        let csv =
            "number,label,carrier,users,sms\n(619) 555-0188,Front desk,simulator,1001 1002,on\n619-555-0123,Ann direct,,1001,\n"

        let report = try await run(.numbers, csv)

        #expect(report == ImportReport(imported: 2, faults: []))
        let withSMS = try installation.store.readNow { db in
            try installation.numbers.assigned(to: ann.id, with: .sms, in: db)
        }
        #expect(withSMS.map(\.label) == ["Front desk"])
        #expect(withSMS.first?.carrier == PluginID(rawValue: "simulator"))
        #expect(installation.assignments.all.count >= 3)
    }

    @Test func aNumberOfAnUnknownExtensionIsAFault() async throws {
        let report = try await run(
            .numbers, "number,label,users,sms\n619 555 0188,Desk,1009,on\n619 555 0189,Desk,,maybe\n")

        #expect(report.faults.map(\.line) == [2, 3])
        #expect(try count("number") == 0)
        #expect(try count("featureSwitch") == 0)
    }

    @Test func contactsAreImportedWithAnyNumberOfLabelledNumbers() async throws {
        let ann = try installation.add("Ann Whitfield", "1001").caller
        let ben = try installation.add("Ben Okafor", "1002").caller
        let csv = """
            name,company,owner,number:Mobile,Number:Work,email:Home
            Bob Smith,Smith & Sons,,619 555 0142,(619) 555-0143,bob@smith.example
            Karen Adams,,1001,,858 555 0133,
            """

        let report = try await run(.contacts, csv)

        #expect(report == ImportReport(imported: 2, faults: []))
        let cards = try installation.store.readNow { db in
            try [ann, ben].map { try installation.contacts.contacts(matching: "", for: $0, .first, in: db).items }
        }
        #expect(cards.map { $0.map(\.name) } == [["Bob Smith", "Karen Adams"], ["Bob Smith"]])
        #expect(cards[0][0].numbers.map(\.label) == ["Mobile", "Work"])
        #expect(cards[0][1].numbers == [.init(label: "Work", value: "+18585550133")])
    }

    @Test("P5: a file that is imported again stores no contact twice; what differs is another one")
    func contactsAreStoredOnce() async throws {
        try installation.add("Ann Whitfield", "1001")
        let csv = """
            name,company,owner,number:Mobile,number:Work,email:Home
            Bob Smith,Smith & Sons,,619 555 0142,(619) 555-0143,bob@smith.example
            Karen Adams,,1001,,858 555 0133,
            Lee,Pier 1,,,,

            """
        #expect(try await run(.contacts, csv) == ImportReport(imported: 3, faults: []))

        let again = try await run(
            .contacts,
            csv + """
                Bob Smith,,,,+1 619 555 0143,
                Karen Adams,,,,858 555 0133,
                Lee,Pier 2,,,,
                Lee,Pier 2,,,,
                """)

        #expect(again.imported == 3 && again.faults == [])
        #expect(try count("contact") == 6)
    }
}
