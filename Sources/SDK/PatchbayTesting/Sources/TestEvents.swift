import PatchbaySDK
import Synchronization

/// Keeps what was published and signalled, for the test to look at.
public final class TestEvents: Events, Sendable {
    private let store: TestStore
    private let signals = Mutex<[Event]>([])

    init(store: TestStore) { self.store = store }

    /// Keeps the event if the transaction commits.
    public func publish(_ event: Event, in db: Database) throws {
        let recipients: JSON =
            switch event.recipients {
            case .users(let users): .array(users.map { .string($0.rawValue) })
            case .domain: "domain"
            }
        try db.execute(
            sql: "INSERT INTO event (name, domainId, recipients, body) VALUES (?, ?, ?, ?)",
            arguments: [event.name, event.domain, recipients.text, event.body.text])
    }

    /// Keeps a fleeting event apart from those that are stored.
    public func signal(_ event: Event) { signals.withLock { $0.append(event) } }

    /// Everything published in transactions that were committed, oldest first.
    public var published: [Event] {
        get throws {
            try store.readNow { db in
                try Row.fetchAll(db, sql: "SELECT name, domainId, recipients, body FROM event ORDER BY id").map(
                    Event.init)
            }
        }
    }

    /// The published events called `name`, oldest first.
    public func published(named name: String) throws -> [Event] { try published.filter { $0.name == name } }

    /// Everything signalled, oldest first.
    public var signalled: [Event] { signals.withLock { $0 } }
}

extension Event {
    fileprivate init(_ row: Row) throws {
        let recipients = try JSON(parsing: row["recipients"] as String)
        self.init(
            row["name"], in: row["domainId"],
            to: recipients.array.map { .users($0.compactMap(\.string).map(UserID.init(rawValue:))) } ?? .domain,
            try JSON(parsing: row["body"] as String))
    }
}
