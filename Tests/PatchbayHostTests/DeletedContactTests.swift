import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct DeletedContactTests {
    let installation: DirectoryInstallation
    let ann: Caller
    let ben: Caller
    let theo: Caller

    init() throws {
        installation = try DirectoryInstallation()
        ann = try installation.add("Ann Whitfield", "1001").caller
        ben = try installation.add("Ben Okafor", "1002").caller
        theo = try installation.add("Theo", "2001", to: DirectoryInstallation.timber).caller
    }

    private func deleted(isShared: Bool) throws -> ContactID {
        try installation.store.writeNow { [installation, ann] db in
            let made = try installation.contacts.add(ContactsTests.bob(isShared: isShared), for: ann, in: db)
            try installation.contacts.remove(made.id, for: ann, in: db)
            return made.id
        }
    }

    private func bringBack(_ id: ContactID, by caller: Caller, isShared: Bool = true) throws -> ContactID {
        try installation.store.writeNow { [installation] db in
            let draft = ContactsTests.bob(isShared: isShared)
            return try installation.contacts.add(draft, bringingBack: id, for: caller, in: db).id
        }
    }

    @Test("S18: a contact that was deleted by mistake comes back as the same one") func undoneKeepsItsID() throws {
        let id = try deleted(isShared: true)

        #expect(try bringBack(id, by: ann) == id)
        #expect(throws: PortalError.self) { try bringBack(id, by: ann) }
    }

    @Test("X1: nobody brings back what they couldn't have deleted") func strangersCannot() throws {
        let (shared, personal) = (try deleted(isShared: true), try deleted(isShared: false))

        #expect(throws: PortalError.self) { try bringBack(personal, by: ben) }
        #expect(throws: PortalError.self) { try bringBack(shared, by: theo) }
        #expect(throws: PortalError.self) { try bringBack("made-up", by: ann) }
        #expect(try bringBack(personal, by: ann, isShared: false) == personal)
        #expect(try bringBack(shared, by: ben) == shared)
    }

    @Test func afterAnHourItIsTooLate() throws {
        let id = try deleted(isShared: true)
        installation.clock.advance(by: .seconds(3600))

        #expect(throws: PortalError.self) { try bringBack(id, by: ann) }
    }
}
