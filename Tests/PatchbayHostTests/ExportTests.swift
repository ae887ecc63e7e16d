import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct ExportTests {
    let installation: DirectoryInstallation
    let harbor = DirectoryInstallation.harbor
    let timber = DirectoryInstallation.timber

    init() throws { installation = try DirectoryInstallation() }

    private func exported(_ kind: ImportKind, of domain: DomainID) throws -> String {
        let export = CSVExport(
            directory: installation.directory, numbers: installation.numbers, contacts: installation.contacts)
        return String(
            decoding: try installation.store.readNow { db in try export.csv(kind, of: domain, in: db) }, as: UTF8.self)
    }

    private func imported(_ kind: ImportKind, _ csv: String, into domain: DomainID) async throws -> ImportReport {
        let csvImport = CSVImport(
            store: installation.store, directory: installation.directory, numbers: installation.numbers,
            contacts: installation.contacts)
        return try await csvImport.run(kind, csv: Array(csv.utf8), into: domain, by: nil, isDryRun: false)
    }

    @Test func aFileBeginsWithAByteOrderMarkAndEndsItsLinesForSpreadsheets() throws {
        try installation.add("Whitfield, Ann", "1001", email: "ann@harbor.example")

        let csv = try exported(.users, of: harbor)

        #expect(
            csv == "\u{FEFF}extension,name,email,scope\r\n1001,\"Whitfield, Ann\",ann@harbor.example,basic-user\r\n")
    }

    @Test(arguments: [
        "=1+1", "+cmd", "-2+3", "@SUM(A1)", "'=1+1", "''", "'Ann", "＝1", "Ann = Ben", "\"quoted\"", " ='x'!A1",
    ])
    func noCellIsAFormulaAndEveryTextComesBackAsItWas(name: String) async throws {
        try installation.add(name, "1001")

        let csv = try exported(.users, of: harbor)
        let report = try await imported(.users, csv, into: timber)

        let cell = try #require(csv.split(separator: "\r\n").last).dropFirst("1001,".count).drop { $0 == "\"" }
        #expect(!"=+-@＝".contains(try #require(cell.first { !$0.isWhitespace })))
        #expect(report.faults.isEmpty)
        #expect(try exported(.users, of: timber) == csv)
    }

    @Test func numbersKeepTheirPeopleAndTheirSwitch() async throws {
        try installation.add("Ann", "1001")
        try installation.add("Ben", "1002")
        let file =
            "number,label,carrier,users,sms\n(619) 555-0188,Front desk,kannel,1001 1002,on\n619-555-0123,Ann,,,\n"
        _ = try await imported(.numbers, file, into: harbor)

        let csv = try exported(.numbers, of: harbor)

        #expect(
            csv.dropFirst()
                == "number,label,carrier,users,sms\r\n'+16195550123,Ann,,,off\r\n'+16195550188,Front desk,kannel,1001 1002,on\r\n"
        )
    }

    @Test func sharedContactsComeBackWithAllTheirNumbersAndPersonalOnesStayWithTheirPeople() async throws {
        let ann = try installation.ann()
        let bob = ContactDraft(
            name: "Bob Smith", company: "Smith & Co", notes: "Two\nlines", isShared: true,
            numbers: [.init(label: "Mobile", value: "+16195550142"), .init(label: "Mobile", value: "+16195550143")],
            emails: [.init(label: "Work", value: "bob@smith.example")])
        try installation.store.writeNow { [contacts = installation.contacts, harbor] db in
            try contacts.add(bob, to: harbor, owner: nil, in: db)
            try contacts.add(ContactDraft(name: "Ann's mother", isShared: false), to: harbor, owner: ann.id, in: db)
        }

        let csv = try exported(.contacts, of: harbor)
        let report = try await imported(.contacts, csv, into: timber)

        #expect(csv.contains("name,company,notes,number:Mobile,number:Mobile,email:Work"))
        #expect(!csv.contains("mother"))
        #expect(report == ImportReport(imported: 1, faults: []))
        #expect(try exported(.contacts, of: timber) == csv)
    }

    @Test func aDomainThatIsNotThereIsSaid() {
        #expect(refusal { try exported(.users, of: "nowhere.example") } == "directory.domain-unknown")
    }
}
