import PatchbaySDK

/// The people of the test's portal. Alice, Bob and Olga are colleagues at `acme.example`; Eve is at `globex.example`
/// and must never see anything of theirs.
public struct TestPerson: Sendable, Equatable {
    /// The user's id.
    public let id: UserID
    /// The domain that the user belongs to.
    public let domain: DomainID
    /// First and last name.
    public let fullName: String
    /// The extension of the user's phone.
    public let `extension`: String
    /// What kind of user it is.
    public let scope: Scope

    /// Makes a person; `TestHost` puts it into the directory.
    public init(id: UserID, domain: DomainID, fullName: String, extension: String, scope: Scope) {
        self.id = id
        self.domain = domain
        self.fullName = fullName
        self.extension = `extension`
        self.scope = scope
    }

    /// The person as a signed-in caller.
    public var caller: Caller { Caller(user: id, domain: domain, scope: scope) }

    /// Extension 100 of acme.example, a basic user, with the numbers +41446681800 and +41446681801.
    public static let alice = TestPerson(
        id: UserID(rawValue: "user-alice"), domain: .acme, fullName: "Alice Ammann", extension: "100",
        scope: .basicUser)
    /// Extension 101 of acme.example, a basic user, who shares +41446681800 with Alice.
    public static let bob = TestPerson(
        id: UserID(rawValue: "user-bob"), domain: .acme, fullName: "Bob Brunner", extension: "101", scope: .basicUser)
    /// Extension 102 of acme.example, the office manager; no number.
    public static let olga = TestPerson(
        id: UserID(rawValue: "user-olga"), domain: .acme, fullName: "Olga Oberholzer", extension: "102",
        scope: .officeManager)
    /// Extension 100 of globex.example, with the number +16195550188.
    public static let eve = TestPerson(
        id: UserID(rawValue: "user-eve"), domain: .globex, fullName: "Eve Evans", extension: "100",
        scope: .officeManager)

    /// All of them.
    public static let all: [TestPerson] = [alice, bob, olga, eve]
}

extension DomainID {
    /// Acme, region CH: Alice, Bob and Olga.
    public static let acme = DomainID(rawValue: "acme.example")
    /// Globex, region US: Eve.
    public static let globex = DomainID(rawValue: "globex.example")
}

extension PhoneNumber {
    /// Acme's front desk, +41 44 668 18 00: Alice's and Bob's.
    public static let acmeDesk = PhoneNumber(e164: "+41446681800")!
    /// Alice's own number, +41 44 668 18 01.
    public static let aliceDirect = PhoneNumber(e164: "+41446681801")!
    /// Globex's number, +1 619-555-0188: Eve's.
    public static let globexDesk = PhoneNumber(e164: "+16195550188")!
    /// A customer of Acme, +41 79 123 45 67, in Acme's book as Karen Keller, “Mobile”.
    public static let customer = PhoneNumber(e164: "+41791234567")!
}
