import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@Suite struct NumbersTests {
    let installation: DirectoryInstallation
    let harbor = DirectoryInstallation.harbor
    let timber = DirectoryInstallation.timber
    let frontDesk = PhoneNumber(e164: "+16195550188")!

    init() throws { installation = try DirectoryInstallation() }

    private func add(_ typed: String, to domain: DomainID, label: String = "Front desk") throws -> PhoneNumber {
        try installation.store.writeNow { [installation] db in
            try installation.numbers.add(typed: typed, to: domain, label: label, carrier: nil, in: db).number
        }
    }

    private func setSMS(_ isOn: Bool?) throws {
        try installation.store.writeNow { [frontDesk] db in
            try Gates.setSwitch(PluginID(rawValue: "sms"), .number, subject: frontDesk.e164, isOn: isOn, in: db)
        }
    }

    @Test(
        "U23: numbers are typed in the domain's national form",
        arguments: [
            ("(619) 555-0188", "harbor.example", "+16195550188"), ("1 619.555.0188", "harbor.example", "+16195550188"),
            ("+1 619 555 0188", "timber.example", "+16195550188"), ("044 668 18 00", "timber.example", "+41446681800"),
            ("0041 44 668 18 00", "timber.example", "+41446681800"),
        ])
    func nationalForms(typed: String, domain: String, expected: String) throws {
        #expect(try add(typed, to: DomainID(rawValue: domain)).e164 == expected)
    }

    @Test(arguments: ["", "12", "not a number", "+1 619 555 0188 0000 0000", "\0"])
    func whatIsNoNumberIsRefused(typed: String) {
        #expect(refusal { _ = try add(typed, to: harbor) } == "number.invalid")
    }

    @Test func aNumberIsOnTheSystemOnce() throws {
        _ = try add("619 555 0188", to: harbor)

        #expect(refusal { _ = try add("+16195550188", to: timber) } == "numbers.taken")
    }

    @Test("A carrier that isn't here is refused; one that has left the manifest stays until another is chosen")
    func carriersAreKnown() throws {
        let (numbers, number) = (installation.numbers, try add("619 555 0188", to: harbor))
        func choose(_ carrier: PluginID?, label: Change<String> = .keep) throws {
            try installation.store.writeNow { [harbor] db in
                try numbers.update(number, of: harbor, NumberChange(label: label, carrier: .set(carrier)), in: db)
            }
        }

        #expect(refusal { try choose("pigeon") } == "numbers.carrier-unknown")
        try installation.store.writeNow { db in try db.execute(sql: "UPDATE number SET carrier = 'pigeon'") }
        try choose("pigeon", label: .set("Loft"))
        try choose("simulator")
        #expect(refusal { try choose("pigeon") } == "numbers.carrier-unknown")
    }

    @Test("S3: SMS is off until it is switched on for the number, and works at once") func smsIsASwitch() throws {
        _ = try add("619 555 0188", to: harbor)

        let states = try [nil, true, false, true, nil].map { (isOn: Bool?) in
            try setSMS(isOn)
            return try installation.store.readNow { db in try installation.numbers.has(.sms, frontDesk, in: db) }
        }

        #expect(states == [false, true, false, true, false])
    }

    @Test func aRemovedNumberComesBackWithoutSMS() throws {
        _ = try add("619 555 0188", to: harbor)
        try setSMS(true)

        try installation.store.writeNow { [installation, harbor, frontDesk] db in
            try installation.numbers.remove(frontDesk, of: harbor, in: db)
        }
        _ = try add("619 555 0188", to: harbor)

        #expect(try !installation.store.readNow { db in try installation.numbers.has(.sms, frontDesk, in: db) })
    }

    @Test func aNumberHasManyUsersAndEachChangeIsTold() throws {
        let ann = try installation.add("Ann Whitfield", "1001")
        let ben = try installation.add("Ben Okafor", "1002")
        _ = try add("619 555 0188", to: harbor)

        try installation.store.writeNow { [installation, harbor, frontDesk] db in
            for user in [ann, ben, ann] {
                try installation.numbers.assign(frontDesk, to: user.id, of: harbor, in: db)
            }
            try installation.numbers.unassign(frontDesk, from: ann.id, of: harbor, in: db)
            try installation.numbers.unassign(frontDesk, from: ann.id, of: harbor, in: db)
        }

        #expect(
            try installation.store.readNow { db in try installation.numbers.users(of: frontDesk, in: db) } == [ben.id])
        #expect(installation.assignments.all == ["+16195550188 true", "+16195550188 true", "+16195550188 false"])
    }

    @Test func theNumbersOfAUserWithSMSAreThoseWhereItIsOn() throws {
        let ann = try installation.add("Ann Whitfield", "1001")
        _ = try add("619 555 0188", to: harbor)
        let direct = try add("619 555 0123", to: harbor, label: "Ann direct")
        try setSMS(true)

        let (withSMS, all) = try installation.store.writeNow { [installation, harbor, frontDesk] db in
            for number in [frontDesk, direct] {
                try installation.numbers.assign(number, to: ann.id, of: harbor, in: db)
            }
            return (
                try installation.numbers.assigned(to: ann.id, with: .sms, in: db).map(\.number),
                try installation.numbers.assigned(to: ann.id, in: db).map(\.label)
            )
        }

        #expect(withSMS == [frontDesk])
        #expect(all == ["Ann direct", "Front desk"])
    }

    @Test("A6: numbers and users of two domains never meet") func domainsDoNotMeet() throws {
        let theo = try installation.add("Theo", "2001", to: timber)
        _ = try add("619 555 0188", to: harbor)

        let refusals = [(theo.id, harbor), (theo.id, timber)].map { user, domain in
            refusal {
                try installation.store.writeNow { [installation, frontDesk] db in
                    try installation.numbers.assign(frontDesk, to: user, of: domain, in: db)
                }
            }
        }

        #expect(refusals == ["not-found", "not-found"])
        #expect(
            try installation.store.readNow { db in
                try installation.numbers.find(frontDesk, of: timber, in: db)
            } == nil)
    }
}
