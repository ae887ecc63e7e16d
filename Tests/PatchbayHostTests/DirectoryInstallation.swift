import Foundation
import PatchbayHost
import PatchbaySDK
import PatchbayTesting
import Synchronization

/// Two companies on a real store in a temporary folder: Harbor & Pine (US), and Timber (CH).
final class DirectoryInstallation: Sendable {
    let folder: URL
    let clock = TestClock()
    let store: PortalStore
    let directory: DirectoryStore
    let numbers: NumberStore
    let contacts: ContactBook
    let sessions: SessionStore
    let tokens: TokenStore
    let passwords: Passwords
    /// The sessions that the event streams were told to cut.
    let cut: Recorder<SessionID>
    /// Who got or lost a number.
    let assignments: Recorder<String>

    static let harbor: DomainID = .init(rawValue: "harbor.example")
    static let timber: DomainID = .init(rawValue: "timber.example")
    static let password = "correct horse battery"

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-directory-\(UUID().uuidString)")
        store = try PortalStore.open(at: folder.appending(path: "store.sqlite").path)
        try store.migrate(Portal.migrations)
        let events = try EventLog(store: store, clock: clock)
        let cut = Recorder<SessionID>()
        let assignments = Recorder<String>()
        self.cut = cut
        self.assignments = assignments
        directory = DirectoryStore(clock: clock, events: events, isSignedIn: { _ in false })
        numbers = NumberStore(
            clock: clock, events: events, adapterFeatures: { _ in [] }, isCarrier: { $0 != "pigeon" },
            assignmentChanged: { number, _, isAssigned, _ in assignments.note("\(number) \(isAssigned)") })
        contacts = ContactBook(store: store, clock: clock, events: events)
        passwords = Passwords(cost: Passwords.Cost(rounds: 16))
        sessions = SessionStore(store: store, clock: clock, directory: directory, passwords: passwords) { cut.note($0) }
        tokens = TokenStore(store: store, clock: clock)
        try store.writeNow { [directory] db in
            try directory.addDomain(
                NewDomain(id: Self.harbor, name: "Harbor & Pine", region: "US", timeZone: "America/Los_Angeles"), in: db
            )
            try directory.addDomain(
                NewDomain(id: Self.timber, name: "Timber", region: "CH", timeZone: "Europe/Zurich"), in: db)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @discardableResult
    func add(
        _ name: String, _ number: String, email: String? = nil, scope: Scope = .basicUser, password: String? = nil,
        to domain: DomainID = harbor
    ) throws -> User {
        let hash = try password.map { try passwords.hashNow($0) }
        return try store.writeNow { [directory] db in
            try directory.addUser(
                NewUser(extension: number, fullName: name, email: email, scope: scope, passwordHash: hash), to: domain,
                in: db)
        }
    }

    /// Ann of Harbor & Pine, extension 1001, who can sign in.
    func ann() throws -> User { try add("Ann Whitfield", "1001", email: "ann@harbor.example", password: Self.password) }

    func signIn(
        _ login: String = "1001@harbor.example", _ password: String = password, from address: String = "192.0.2.10",
        replacing former: String? = nil
    ) async throws -> SignedIn {
        try await sessions.signIn(
            login: login, password: password, address: address, userAgent: "Test", replacing: former)
    }

    /// Tries the wrong password `count` times; the ids of the refusals.
    func fail(
        _ count: Int, _ login: String = "1001@harbor.example", from address: String = "203.0.113.5"
    ) async -> [String] {
        var ids: [String] = []
        for _ in 0..<count {
            do { _ = try await signIn(login, "wrong password", from: address) } catch {
                ids.append((error as? PortalError)?.id ?? "\(error)")
            }
        }
        return ids
    }
}

/// Notes what a closure was called with.
final class Recorder<Item: Sendable & Equatable>: Sendable {
    private let items = Mutex<[Item]>([])
    func note(_ item: Item) { items.withLock { $0.append(item) } }
    var all: [Item] { items.withLock { $0 } }
}

/// The id of the `PortalError` that `body` throws; `nil` when it throws none.
func refusal<Value>(_ body: () throws -> Value) -> String? {
    do {
        _ = try body()
        return nil
    } catch { return (error as? PortalError)?.id ?? "\(error)" }
}

/// The id of the `PortalError` that `body` throws; `nil` when it throws none.
func refusal<Value>(_ body: () async throws -> Value) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch { return (error as? PortalError)?.id ?? "\(error)" }
}
