import Foundation
import PatchbaySDK

/// A person whose data is being removed for good, or was. It is kept as a row, so that what was begun is finished by
/// whoever runs next.
public struct Erasure: Sendable, Equatable {
    /// How far it has come.
    public enum State: String, Sendable, CaseIterable {
        /// Rows are being removed.
        case removing
        /// The last traces are being taken out of the files.
        case wiping
        /// Nothing is left.
        case done
    }

    /// How much is there to remove, or has been.
    public struct Counts: Sendable, Equatable {
        /// Conversations that go as a whole.
        public var conversations = 0
        /// Their messages.
        public var messages = 0
        /// Files in them; one that others have sent, too, stays with those.
        public var files = 0
        /// Messages that wait for their time.
        public var scheduled = 0
        /// Entries of address books that go, or lose the number.
        public var contacts = 0
        /// Calls placed to the person, or by the user.
        public var calls = 0

        static let columns = ["conversations", "messages", "files", "scheduled", "contacts", "calls"]

        /// In the order of `columns`.
        var all: [Int] { [conversations, messages, files, scheduled, contacts, calls] }

        /// As the API and the audit log have it.
        public var json: [String: JSON] {
            Dictionary(uniqueKeysWithValues: zip(Self.columns, all.map { .int($0) }))
        }
    }

    /// The erasure's own id.
    public let id: String
    /// The domain whose data it is.
    public let domain: DomainID
    /// Who is erased. Of somebody outside only the last digits are left once their rows are gone.
    public let person: ErasedPerson
    /// How far it has come.
    public let state: State
    /// The administrator; `nil` at the console.
    public let requestedBy: UserID?
    /// When it was asked for.
    public let requestedAt: Date
    /// When nothing was left.
    public let doneAt: Date?
    /// What has been removed so far.
    public let removed: Counts
    /// Plugins that have tables here and didn't run: what they keep of the person is left.
    public let notAsked: [PluginID]

    init(_ row: Row) {
        id = row["id"]
        domain = row["domainId"]
        person = row["kind"] == "user" ? .user(row["subject"]) : .outside(row["subject"])
        state = State(rawValue: row["state"]) ?? .removing
        requestedBy = row["requestedBy"]
        requestedAt = Date(milliseconds: row["requestedAt"])
        doneAt = (row["doneAt"] as Int?).map { Date(milliseconds: $0) }
        removed = Counts(
            conversations: row["conversations"], messages: row["messages"], files: row["files"],
            scheduled: row["scheduled"], contacts: row["contacts"], calls: row["calls"])
        notAsked = (row["notAsked"] as String).split(separator: " ").map { PluginID(rawValue: String($0)) }
    }

    /// The erasures of `domain`, newest first.
    public static func erasures(of domain: DomainID, in db: Database) throws -> [Erasure] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM erasure WHERE domainId = ? ORDER BY requestedAt DESC, id DESC", arguments: [domain]
        ).map(Erasure.init)
    }

    /// Those that aren't done, oldest first.
    static func unfinished(in db: Database) throws -> [Erasure] {
        try Row.fetchAll(db, sql: "SELECT * FROM erasure WHERE state <> 'done' ORDER BY requestedAt, id")
            .map(Erasure.init)
    }

    /// Notes that `person` is to be erased. One that is under way already stays as it is. A user is disabled at once;
    /// tell `SessionStore.accessChanged(of:)` after the transaction.
    ///
    /// - Parameter user: Who asks for it; `nil` at the console.
    /// - Throws: `PortalError.conflict` (`records.held`) when a legal hold covers any of it; `PortalError.notFound` for a
    ///   user who isn't one of `domain`.
    public static func begin(
        _ person: ErasedPerson, of domain: DomainID, by user: UserID?, directory: DirectoryStore, at now: Date,
        in db: Database
    ) throws -> Erasure {
        try person.requireNotHeld(in: domain, db)
        if case .user(let id) = person {
            try directory.updateUser(id, of: domain, UserChange(isEnabled: .set(false)), in: db)
        }
        try db.execute(
            sql: """
                INSERT INTO erasure (id, domainId, kind, subject, state, requestedBy, requestedAt)
                VALUES (?, ?, ?, ?, 'removing', ?, ?) ON CONFLICT DO NOTHING
                """,
            arguments: [MessageID(at: now).rawValue, domain, person.kind, person.subject, user, now.milliseconds])
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM erasure WHERE domainId = ? AND kind = ? AND subject = ? AND state = 'removing'",
            arguments: [domain, person.kind, person.subject])
        guard let row else { throw PortalError.notFound("erasure") }
        return Erasure(row)
    }

    /// Adds to what has been removed, in the transaction that removed it.
    func add(_ counts: Counts, in db: Database) throws {
        let sums = Counts.columns.map { "\($0) = \($0) + ?" }.joined(separator: ", ")
        try db.execute(
            sql: "UPDATE erasure SET \(sums) WHERE domainId = ? AND id = ?",
            arguments: StatementArguments(counts.all) + [domain, id])
    }
}
