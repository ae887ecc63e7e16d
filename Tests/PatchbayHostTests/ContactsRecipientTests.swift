import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct ContactsRecipientTests {
    let installation: DirectoryInstallation
    let ann: Caller

    init() throws {
        installation = try DirectoryInstallation()
        ann = try installation.add("Ann Whitfield", "1001").caller
        try installation.add("Bob Okafor", "1002")
        try installation.store.writeNow { [installation, ann] db in
            try installation.contacts.add(ContactsTests.bob(), for: ann, in: db)
        }
    }

    private func recipients(_ query: String) throws -> [String] {
        let search = RecipientSearch(directory: installation.directory, contacts: installation.contacts)
        let found = try installation.store.readNow { db in try search.recipients(matching: query, for: ann, in: db) }
        return found.map { recipient in
            switch recipient {
            case .user(let user): "\(recipient.channel) \(user.fullName)"
            case .contact(let contact, let number): "\(recipient.channel) \(contact.name) \(number.label)"
            case .number(let number): "\(recipient.channel) \(number)"
            }
        }
    }

    @Test("S11, S12: a user offers chat only, a contact one SMS a number") func usersAndContacts() throws {
        #expect(try recipients("bob") == ["chat Bob Okafor", "sms Bob Smith Mobile", "sms Bob Smith Work"])
    }

    @Test("S32, S33: a number that is nobody's is offered as it is") func newNumber() throws {
        #expect(try recipients("(619) 555-0199") == ["sms +16195550199"])
    }

    @Test("S12: a contact's number is offered as the contact") func knownNumber() throws {
        #expect(try recipients("619-555-0142") == ["sms Bob Smith Mobile"])
    }

    @Test("S36: extensions are found, and oneself is not offered") func extensions() throws {
        #expect(try recipients("100") == ["chat Bob Okafor"])
    }

    @Test func whatIsNobodyAndNoNumberOffersNothing() throws {
        #expect(try recipients("xyzzy").isEmpty)
    }
}
