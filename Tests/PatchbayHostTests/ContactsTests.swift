import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct ContactsTests {
    let installation: DirectoryInstallation
    let ann: Caller
    let ben: Caller
    let theo: Caller
    let bobMobile = PhoneNumber(e164: "+16195550142")!

    init() throws {
        installation = try DirectoryInstallation()
        ann = try installation.add("Ann Whitfield", "1001").caller
        ben = try installation.add("Ben Okafor", "1002").caller
        theo = try installation.add("Theo", "2001", to: DirectoryInstallation.timber).caller
    }

    static func bob(_ name: String = "Bob Smith", isShared: Bool = true) -> ContactDraft {
        ContactDraft(
            name: name, company: "Café Zürich", notes: "Likes tea", isShared: isShared,
            numbers: [.init(label: "Mobile", value: "(619) 555-0142"), .init(label: "Work", value: "619 555 0143")],
            emails: [.init(label: "Work", value: "bob@smith.example")])
    }

    @discardableResult
    private func add(_ draft: ContactDraft, for caller: Caller) throws -> Contact {
        try installation.store.writeNow { [installation] db in
            try installation.contacts.add(draft, for: caller, in: db)
        }
    }

    private func search(_ query: String, for caller: Caller) throws -> [String] {
        try installation.store.readNow { db in
            try installation.contacts.contacts(matching: query, for: caller, .first, in: db).items.map(\.name)
        }
    }

    private func match(_ number: PhoneNumber, for caller: Caller) throws -> String? {
        try installation.store.readNow { db in
            try installation.contacts.match(number, for: caller, in: db).map { "\($0.name) – \($0.label)" }
        }
    }

    @Test func aContactComesBackWithNumbersInE164AndInOrder() throws {
        let made = try add(Self.bob(), for: ann)

        let found = try installation.store.readNow { db in try installation.contacts.find(made.id, for: ben, in: db) }

        #expect(found == made)
        #expect(made.numbers.map(\.value) == ["+16195550142", "+16195550143"])
        #expect(made.numbers.map(\.label) == ["Mobile", "Work"])
        #expect(made.emails.map(\.value) == ["bob@smith.example"])
        #expect(made.notes == "Likes tea")
    }

    @Test("A6: neither another domain nor a colleague sees a personal contact") func personalIsPersonal() throws {
        let made = try add(Self.bob(isShared: false), for: ann)

        let seen = try installation.store.readNow { db in
            try [ann, ben, theo].map { try installation.contacts.find(made.id, for: $0, in: db) != nil }
        }

        #expect(seen == [true, false, false])
        #expect(try [ann, ben, theo].map { try search("bob", for: $0).count } == [1, 0, 0])
        #expect(try [ann, ben, theo].map { try match(bobMobile, for: $0) } == ["Bob Smith – Mobile", nil, nil])
    }

    @Test("A6: a domain's contact is not found from another domain, nor changed or removed") func domainsAreApart()
        throws
    {
        let made = try add(Self.bob(), for: ann)

        let refusals = [
            refusal {
                try installation.store.writeNow { [installation, theo] db in
                    try installation.contacts.update(made.id, Self.bob("Eve"), for: theo, in: db)
                }
            },
            refusal {
                try installation.store.writeNow { [installation, theo] db in
                    try installation.contacts.remove(made.id, for: theo, in: db)
                }
            },
        ]

        #expect(refusals == ["not-found", "not-found"])
        #expect(try search("", for: theo).isEmpty)
        #expect(try search("", for: ben) == ["Bob Smith"])
    }

    @Test("S27: two numbers of a contact give two titles; S28: an unknown one gives none") func titles() throws {
        try add(Self.bob(), for: ann)

        let titles = try ["+16195550142", "+16195550143", "+16195550199"].map {
            try match(PhoneNumber(e164: $0)!, for: ben)
        }

        #expect(titles == ["Bob Smith – Mobile", "Bob Smith – Work", nil])
    }

    @Test func onesOwnEntryComesBeforeTheDomains() throws {
        try add(Self.bob("Robert Smith"), for: ben)
        try add(Self.bob("Bobby", isShared: false), for: ann)

        #expect(try match(bobMobile, for: ann) == "Bobby – Mobile")
        #expect(try match(bobMobile, for: ben) == "Robert Smith – Mobile")
    }

    @Test(arguments: [
        ("bob", 1), ("SMITH bob", 1), ("cafe zurich", 1), ("zuri", 1), ("555-0142", 1), ("(619) 555", 1), ("+1619", 1),
        ("001 619 555 0142", 1), ("0143", 1), ("6195550199", 0), ("alice", 0), ("' OR 1=1 --", 0), ("%", 0), ("", 1),
    ])
    func searchFindsNamesCompaniesAndDigitsInAnyFormat(query: String, count: Int) throws {
        try add(Self.bob(), for: ann)

        #expect(try search(query, for: ben).count == count)
    }

    @Test("S18, S19: a number is added to a contact once") func addingANumber() throws {
        let made = try add(Self.bob(), for: ann)

        let after = try installation.store.writeNow { [installation, ann] db in
            for _ in 0..<2 {
                try installation.contacts.add(number: "858 555 0133", label: "Home", to: made.id, for: ann, in: db)
            }
            return try installation.contacts.known(made.id, for: ann, in: db)
        }

        #expect(after.numbers.map(\.label) == ["Mobile", "Work", "Home"])
        #expect(after.emails == made.emails)
        #expect(try match(PhoneNumber(e164: "+18585550133")!, for: ann) == "Bob Smith – Home")
    }

    @Test func replacingAContactForgetsItsOldNumbers() throws {
        let made = try add(Self.bob(), for: ann)

        try installation.store.writeNow { [installation, ann] db in
            try installation.contacts.update(
                made.id, ContactDraft(name: "Robert", isShared: true), for: ann, in: db)
        }

        #expect(try match(bobMobile, for: ann) == nil)
        #expect(try search("robert", for: ben) == ["Robert"])
    }

    @Test(arguments: [
        (ContactDraft(name: " ", isShared: false), "contacts.name-invalid"),
        (
            ContactDraft(name: "Bob", isShared: false, numbers: [.init(label: "", value: "619 555 0142")]),
            "contacts.label-invalid"
        ),
        (ContactDraft(name: "Bob", isShared: false, numbers: [.init(label: "Home", value: "12")]), "number.invalid"),
        (
            ContactDraft(name: "Bob", isShared: false, emails: [.init(label: "Home", value: "")]),
            "directory.email-invalid"
        ),
        (
            ContactDraft(name: "Bob", notes: String(repeating: "x", count: 4001), isShared: false),
            "contacts.notes-too-long"
        ),
        (
            ContactDraft(
                name: "Bob", isShared: false,
                numbers: [.init(label: "a", value: "619 555 0142"), .init(label: "b", value: "+16195550142")]),
            "contacts.number-twice"
        ),
    ])
    func aContactThatCannotBeIsRefused(draft: ContactDraft, expected: String) throws {
        #expect(refusal { try add(draft, for: ann) } == expected)
        #expect(try search("", for: ann).isEmpty)
    }

    @Test("A6: news of a personal contact reaches its owner only, of a shared one the domain") func news() throws {
        let mine = try add(Self.bob(isShared: false), for: ann)
        let shared = try add(Self.bob(), for: ann)

        let told = try installation.store.readNow { db in
            try Row.fetchAll(db, sql: "SELECT domainId, recipients, body FROM event ORDER BY offset").map { row in
                [
                    row["domainId"] as String, row["recipients"] as String,
                    try JSON(parsing: row["body"] as String)["contactId"]?.string ?? "",
                ]
            }
        }

        #expect(
            told == [
                ["harbor.example", ann.user.rawValue, mine.id.rawValue], ["harbor.example", "*", shared.id.rawValue],
            ])
    }

    @Test func theSDKsLookupFindsByNumberAndByName() async throws {
        try add(Self.bob(), for: ann)

        let byNumber = try await installation.contacts.contact(with: bobMobile, for: ben)
        let byName = try await installation.contacts.contacts(matching: "smith", for: ben, limit: 5)

        #expect(byNumber?.name == "Bob Smith")
        #expect(byName.map(\.company) == ["Café Zürich"])
    }
}
