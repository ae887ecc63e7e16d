import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Templates")
struct TemplateTests {
    let office: Office
    let book: TemplateBook

    init() throws {
        office = try Office()
        book = TemplateBook(clock: office.clock, events: office.events)
    }

    @Test("U14: everybody sees their own templates and the domain's, by name")
    func whoSeesWhat() throws {
        _ = try add("Zulu", by: office.ann)
        _ = try add("Mike", by: office.ben)
        _ = try add("alpha", isShared: true, by: office.ann)

        #expect(try names(office.ann) == ["alpha", "Zulu"])
        #expect(try names(office.ben) == ["alpha", "Mike"])
        #expect(try names(office.theo) == [])
    }

    @Test("A name is there once for each owner, whatever its case")
    func namesAreUnique() throws {
        _ = try add("Ready", by: office.ann)
        _ = try add("Ready", isShared: true, by: office.ann)
        _ = try add("Ready", by: office.ben)

        let refusal = #expect(throws: PortalError.self) { try add("READY", by: office.ann) }

        #expect(refusal?.id == "templates.name-taken")
        #expect(refusal?.status == 409)
    }

    @Test("A template can be changed and deleted by who sees it, and by nobody else")
    func changing() throws {
        let shared = try add("Ready", isShared: true, by: office.ann)
        let own = try add("Mine", by: office.ann)

        let changed = try office.store.writeNow { [book, office] db in
            try book.update(
                shared.id, TemplateDraft(name: "Ready", text: "It's here.", isShared: true), for: office.ben, in: db)
        }
        #expect(throws: PortalError.notFound("template")) {
            try office.store.writeNow { [book, office] db in try book.remove(own.id, for: office.ben, in: db) }
        }
        try office.store.writeNow { [book, office] db in try book.remove(own.id, for: office.ann, in: db) }

        #expect(changed.text == "It's here.")
        #expect(try names(office.ann) == ["Ready"])
        #expect(try office.told("template.changed").count == 4)
    }

    @Test(
        "B4: a hostile name or text is just text",
        arguments: ["<script>alert(1)</script>", "'; DROP TABLE template", "{name}"])
    func hostileNames(name: String) throws {
        #expect(try add(name, text: name, by: office.ann).name == name)
        #expect(try names(office.ann) == [name])
    }

    @Test("A template has a name on one line and a text that ten SMS hold", arguments: ["", "\n", "a\u{0}b"])
    func whatATemplateHolds(bad: String) throws {
        #expect(throws: PortalError.self) { try add(bad, by: office.ann) }
        #expect(throws: PortalError.self) { try add("Name", text: bad, by: office.ann) }
        #expect(throws: PortalError.self) {
            try add("Name", text: String(repeating: "a", count: 1_531), by: office.ann)
        }
        #expect(try add("Name", text: String(repeating: "a", count: 1_530), by: office.ann).text.count == 1_530)
    }

    private func add(
        _ name: String, text: String = "Your boat is ready.", isShared: Bool = false, by caller: Caller
    ) throws -> MessageTemplate {
        try office.store.writeNow { [book] db in
            try book.add(TemplateDraft(name: name, text: text, isShared: isShared), for: caller, in: db)
        }
    }

    private func names(_ caller: Caller) throws -> [String] {
        try office.store.readNow { db in try book.templates(of: caller, .first, in: db).items.map(\.name) }
    }
}
