import PatchbaySDK
import Synchronization

/// Something an administrator is doing: the first transaction that changes anything while it is the current one records
/// it, too.
///
/// It is set once, where all such requests and commands pass, so that what is added there later can't be forgotten.
public final class Deed: Sendable {
    /// What is being done by this task, if it is to be recorded.
    @TaskLocal public static var current: Deed?

    private struct State {
        var isRecorded = false
        var isInTransaction = false
        var hasWritten = false
    }

    private let actor: AuditActor
    private let action: String
    private let subject: String
    private let names: [String]
    private let fallback: DomainID?
    private let details: JSON
    private let clock: any PortalClock
    private let state = Mutex(State())

    /// Describes what is about to be done.
    ///
    /// - Parameters:
    ///   - subject: Whom or what it is done to, by id, numbers masked.
    ///   - names: Ids of domains, users and numbers, in this order of weight: the first that is one says which domain
    ///     the deed concerns.
    ///   - fallback: The domain when none does; `nil` for the system's own affairs.
    public init(
        _ action: String, of subject: String, among names: [String], fallback: DomainID?, by actor: AuditActor,
        details: JSON, clock: any PortalClock
    ) {
        self.action = action
        self.subject = subject
        self.names = names
        self.fallback = fallback
        self.actor = actor
        self.details = details
        self.clock = clock
    }

    /// Runs `body` and records the deed with it, unless nothing was changed or it is recorded already.
    func recorded<Value>(_ body: (Database) throws -> Value, in db: Database) throws -> Value {
        state.withLock {
            $0.hasWritten = true
            $0.isInTransaction = false
        }
        guard !state.withLock({ $0.isRecorded }) else { return try body(db) }
        // What is about to be removed must be asked first, what is about to be made afterwards.
        let before = try domain(in: db)
        let changes = db.totalChangesCount
        let value = try body(db)
        guard db.totalChangesCount != changes else { return value }
        try append(before ?? domain(in: db), in: db)
        state.withLock { $0.isInTransaction = true }
        return value
    }

    /// The transaction that it was handed to is on disk.
    func wasStored() { state.withLock { $0.isRecorded = $0.isRecorded || $0.isInTransaction } }

    /// Records what succeeded without changing the store, such as reading the manifest anew.
    public func recordUnlessWritten(in store: PortalStore) async throws {
        guard !state.withLock({ $0.hasWritten }) else { return }
        try await Self.$current.withValue(nil) {
            try await store.write { db in try self.append(self.domain(in: db), in: db) }
        }
    }

    /// As `recordUnlessWritten(in:)`, for commands.
    public func recordUnlessWrittenNow(in store: PortalStore) throws {
        guard !state.withLock({ $0.hasWritten }) else { return }
        try Self.$current.withValue(nil) {
            _ = try store.writeNow { db in try self.append(self.domain(in: db), in: db) }
        }
    }

    private func append(_ domain: DomainID?, in db: Database) throws {
        try AuditLog.append(
            AuditRecord(action, of: subject, in: domain ?? fallback, by: actor, details: details), at: clock.now,
            in: db)
    }

    private func domain(in db: Database) throws -> DomainID? {
        for name in names {
            let found = try DomainID.fetchOne(
                db,
                sql: """
                    SELECT id FROM domain WHERE id = ?1 UNION ALL SELECT domainId FROM user WHERE id = ?1
                    UNION ALL SELECT domainId FROM number WHERE number = ?1 LIMIT 1
                    """, arguments: [name])
            if let found { return found }
        }
        return nil
    }
}
