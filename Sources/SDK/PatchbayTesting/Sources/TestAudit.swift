import PatchbaySDK

/// An audit log that keeps what was noted in the test's store.
public struct TestAudit: AuditTrail {
    private let store: TestStore

    init(store: TestStore) { self.store = store }

    /// Keeps the note if the transaction commits.
    public func note(_ action: String, of subject: String, in domain: DomainID, db: Database) throws {
        try db.execute(
            sql: "INSERT INTO audit (action, subject, domainId) VALUES (?, ?, ?)", arguments: [action, subject, domain])
    }

    /// What was noted in transactions that were committed, oldest first.
    public var noted: [String] {
        get throws {
            try store.readNow { db in
                try Row.fetchAll(db, sql: "SELECT action, subject FROM audit ORDER BY id")
                    .map { "\($0["action"] as String) \($0["subject"] as String)" }
            }
        }
    }
}
