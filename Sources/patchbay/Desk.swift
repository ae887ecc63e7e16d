import Foundation
import PatchbayHost
import PatchbaySDK

/// The host's tables as an operator at the console works on them, beside a server that may be running.
struct Desk {
    let store: PortalStore
    let directory: DirectoryStore
    let numbers: NumberStore
    let contacts: ContactBook
    let passwords = Passwords()
    let clock = SystemClock()

    /// - Parameter isPlugin: Whether the manifest has the plugin.
    init(storeAt path: String, isPlugin: @escaping @Sendable (PluginID) -> Bool) throws {
        store = try PortalStore.open(at: path)
        try store.migrate(Portal.migrations)
        let events = UnsaidEvents()
        directory = DirectoryStore(clock: clock, events: events, isSignedIn: { _ in false })
        contacts = ContactBook(store: store, clock: clock, events: events)
        numbers = NumberStore(
            clock: clock, events: events, adapterFeatures: { _ in [] }, isCarrier: isPlugin,
            assignmentChanged: { try Messaging.assignmentChanged($0, $1, isAssigned: $2, in: $3) })
    }

    /// The user who signs in as `login`.
    func user(_ login: String, in db: Database) throws -> User {
        guard let user = try directory.user(login: login, in: db) else {
            throw PlainError("There is no user \(login). Write extension@domain, such as 1001@harbor.example.")
        }
        return user
    }

    /// One of our numbers, written in E.164 or as people of `domain` write it.
    func number(_ text: String, of domain: DomainID? = nil, in db: Database) throws -> NumberRecord {
        guard domain != nil || text.contains("+") else {
            throw PlainError("Write the number with + and the country code, such as +16195550188.")
        }
        let number = try domain.map { try numbers.parse(text, in: $0, db) } ?? PhoneNumber(typed: text, region: "ZZ")
        guard let record = try numbers.record(of: number, in: db) else {
            throw PlainError("\(number) is not one of the numbers here. Add it with `patchbay number add`.")
        }
        return record
    }
}

/// Events of a command: none. The running server numbers the events, and tells browsers to look anew when it notices
/// that another program has changed the file.
private struct UnsaidEvents: Events {
    func publish(_ event: Event, in db: Database) throws {}
    func signal(_ event: Event) {}
}
