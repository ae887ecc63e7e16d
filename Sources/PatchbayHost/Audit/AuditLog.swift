import Foundation
import PatchbaySDK

/// The log of who did what: it is only added to, and each row carries the hash of the one before.
public enum AuditLog {
    /// Adds a row, in the transaction of the deed itself.
    public static func append(_ record: AuditRecord, at now: Date, in db: Database) throws {
        let head = try Row.fetchOne(db, sql: "SELECT sequence, hash FROM auditHead WHERE id = 1")
        let entry = AuditEntry(
            record, sequence: (head?["sequence"] ?? 0) + 1, at: now, after: head?["hash"] ?? "")
        try db.execute(
            sql: "INSERT INTO auditEntry (\(AuditEntry.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.sequence, entry.at.milliseconds, entry.actor.kind.rawValue, entry.actor.id, entry.domain,
                entry.action, entry.subject, entry.details, entry.previousHash, entry.hash,
            ])
        try db.execute(
            sql: "UPDATE auditHead SET sequence = ?, hash = ? WHERE id = 1", arguments: [entry.sequence, entry.hash])
    }

    /// Which rows are wanted; what is `nil` doesn't matter.
    public struct Filter: Sendable {
        /// Of this domain only.
        public var domain: DomainID?
        /// Done by, or done to, whoever has this id.
        public var person: String?
        /// This deed only.
        public var action: String?
        /// From this moment on.
        public var from: Date?
        /// Before this moment.
        public var to: Date?

        /// Wants everything.
        public init() {}
    }

    /// Part of the log, newest first.
    ///
    /// - Throws: `PortalError.invalid` (`page.cursor-invalid`).
    public static func entries(_ filter: Filter, _ page: PageRequest, in db: Database) throws -> Page<AuditEntry> {
        var conditions = ["sequence < ?"]
        guard let before = page.cursor.map(Int.init) ?? .max else {
            throw PortalError(
                .invalid, id: "page.cursor-invalid", "That cursor isn't one of ours; start at the first page.")
        }
        var arguments: StatementArguments = [before]
        func want(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        want("domainId = ?", filter.domain?.rawValue)
        want("action = ?", filter.action)
        want("at >= ?", filter.from?.milliseconds)
        want("at < ?", filter.to?.milliseconds)
        if let person = filter.person {
            conditions.append(concerns("?"))
            arguments += [person, person, person]
        }
        arguments += [page.limit + 1]
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(AuditEntry.columns) FROM auditEntry WHERE \(conditions.joined(separator: " AND "))
                ORDER BY sequence DESC LIMIT ?
                """, arguments: arguments
        ).map(AuditEntry.init)
        let shown = Array(rows.prefix(page.limit))
        return Page(items: shown, next: rows.count > page.limit ? shown.last.map { String($0.sequence) } : nil)
    }

    /// The SQL for rows of what somebody has done, or what was done to them. A subject may be several names, as of a
    /// user's switch; a body names its user in quotes.
    ///
    /// - Parameter person: The mark for their id in SQL; it stands there three times.
    static func concerns(_ person: String) -> String {
        """
        (actor = \(person) OR instr(' ' || subject || ' ', ' ' || \(person) || ' ') > 0
            OR instr(details, '"' || \(person) || '"') > 0)
        """
    }
}
