import PatchbaySDK

/// Whether the audit log is as it was written.
public struct AuditVerification: Sendable, Equatable {
    /// How many rows there are.
    public let count: Int
    /// The hash of the newest row; empty when there is none. Kept elsewhere, it proves later that nothing is missing.
    public let head: String
    /// What is wrong, in sentences; empty when all is well.
    public let faults: [String]

    /// No more are told: one is enough to know, and the first says where to look.
    private static let mostFaults = 20

    /// Goes through the whole log.
    ///
    /// - Parameter known: A head that was noted earlier; it has to be in the log still.
    public init(in db: Database, knowing known: String? = nil) throws {
        var faults: [String] = []
        var count = 0
        var last = (sequence: 0, hash: "")
        var isKnown = known == nil || known == ""
        let rows = try Row.fetchCursor(db, sql: "SELECT \(AuditEntry.columns) FROM auditEntry ORDER BY sequence")
        while let row = try rows.next() {
            count += 1
            let sequence: Int = row["sequence"]
            let hash: String = row["hash"]
            if hash == known { isKnown = true }
            if sequence != last.sequence + 1 {
                faults.append("After row \(last.sequence) comes row \(sequence): rows between them are missing.")
            }
            if row["previousHash"] != last.hash {
                faults.append("Row \(sequence) doesn't follow on row \(last.sequence): one was removed or moved.")
            }
            if hash != AuditEntry.hash(of: row) { faults.append("Row \(sequence) was changed after it was written.") }
            last = (sequence, hash)
        }
        let head = try Row.fetchOne(db, sql: "SELECT sequence, hash FROM auditHead WHERE id = 1")
        if head?["sequence"] != last.sequence || head?["hash"] != last.hash {
            let newest: Int = head?["sequence"] ?? 0
            faults.append("The log ends with row \(last.sequence), but row \(newest) was the last that was written.")
        }
        if !isKnown {
            faults.append("The row with the hash you gave isn't there: the log was cut off or written anew.")
        }
        self.count = count
        self.head = last.hash
        self.faults = Array(faults.prefix(Self.mostFaults))
    }
}
