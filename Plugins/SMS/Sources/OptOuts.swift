import Foundation
import PatchbaySDK

/// Who has asked for no more messages, and who has agreed to get them: a ledger that is only added to, and the stops
/// that follow from it.
struct OptOuts: Sendable {
    /// What a row of the ledger says.
    enum Deed: String, Sendable {
        case stop, start
        case consentGiven = "consent-given"
        case consentWithdrawn = "consent-withdrawn"
    }

    /// How we know.
    enum Evidence: Sendable {
        /// They wrote a word; `nil` for one that came to a number without SMS and is in no conversation.
        case keyword(String, message: MessageID?)
        /// An administrator says so: their name, and why.
        case administrator(String?, reason: String?)
    }

    /// A row of the ledger.
    struct Entry: Sendable {
        let id: Int
        let remote: String
        /// Our number that it is about; `nil` when it is about all of the domain.
        let ourNumber: String?
        let deed: String
        let source: String
        let word: String
        let message: String?
        /// Why an administrator wrote it; `nil` for a word of their own.
        let reason: String?
        /// The name of that administrator.
        let addedBy: String?
        /// Milliseconds since 1970.
        let at: Int

        init(_ row: Row) {
            id = row["id"]
            remote = row["remote"]
            ourNumber = row["ourNumber"]
            deed = row["deed"]
            source = row["source"]
            word = row["word"]
            message = row["messageId"]
            reason = row["reason"]
            addedBy = row["addedBy"]
            at = row["at"]
        }
    }

    /// Why a message to them isn't sent.
    static let reason = "The recipient has asked for no more messages."

    /// A stop that holds now.
    struct Stop: Sendable {
        let entry: Entry
        /// Our number that may not write to it; empty when none of the domain may.
        let through: String
    }

    let clock: any PortalClock
    let audit: any AuditTrail
    /// Whether a word that comes to one of our numbers stops that number only.
    let holdsForNumberOnly: Bool

    /// Whether `number` may not write to `remote`.
    func contains(_ remote: String, through number: PhoneNumber?, in domain: DomainID, db: Database) throws -> Bool {
        try Bool.fetchOne(
            try db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM smsStop WHERE domainId = ? AND remote = ? AND through IN ('', ?))
                    """),
            arguments: [domain, remote, number?.e164 ?? ""]) ?? false
    }

    /// The number that a stop at `ourNumber` holds for; `nil` when it holds for all.
    func scope(of ourNumber: PhoneNumber?) -> PhoneNumber? { holdsForNumberOnly ? ourNumber : nil }

    /// - Parameter ourNumber: Our number that the word came to; `nil` when an administrator stops all.
    /// - Returns: whether it is new.
    func stop(
        _ remote: String, in domain: DomainID, ourNumber: PhoneNumber?, by evidence: Evidence, db: Database
    ) throws -> Bool {
        let scope = scope(of: ourNumber)
        guard try !contains(remote, through: scope, in: domain, db: db) else { return false }
        let row = try write(.stop, remote, in: domain, ourNumber: ourNumber, by: evidence, db: db)
        try db.execute(
            sql: "INSERT INTO smsStop (domainId, remote, through, ledgerId) VALUES (?, ?, ?, ?)",
            arguments: [domain, remote, scope?.e164 ?? "", row])
        return true
    }

    /// - Parameters:
    ///   - ourNumber: Our number that the word came to; `nil` when an administrator allows all again.
    ///   - isPairOnly: Whether a stop of all our numbers stays.
    /// - Returns: whether there was a stop.
    func start(
        _ remote: String, in domain: DomainID, ourNumber: PhoneNumber?, isPairOnly: Bool = false,
        by evidence: Evidence, db: Database
    ) throws -> Bool {
        let wider = isPairOnly ? ourNumber?.e164 : ""
        try db.execute(
            sql: "DELETE FROM smsStop WHERE domainId = ? AND remote = ? AND (?3 IS NULL OR through IN (?3, ?4))",
            arguments: [domain, remote, ourNumber, wider])
        guard db.changesCount > 0 else { return false }
        _ = try write(.start, remote, in: domain, ourNumber: ourNumber, by: evidence, db: db)
        return true
    }

    /// Notes that the owner of `remote` has agreed, or no longer agrees, to messages from `ourNumber`.
    func note(
        isGiven: Bool, _ remote: String, in domain: DomainID, ourNumber: PhoneNumber?, by evidence: Evidence,
        db: Database
    ) throws {
        _ = try write(
            isGiven ? .consentGiven : .consentWithdrawn, remote, in: domain, ourNumber: ourNumber, by: evidence, db: db)
    }

    /// The stops of `domain` that hold now, after the place `after`, by number; with `digits` only numbers that hold them.
    func stops(
        of domain: DomainID, after: (remote: String, through: String), holding digits: String, limit: Int, db: Database
    ) throws -> [Stop] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT smsLedger.*, through FROM smsStop JOIN smsLedger ON smsLedger.id = smsStop.ledgerId
                WHERE smsStop.domainId = ? AND (smsStop.remote, through) > (?, ?)
                    AND instr(smsStop.remote, ?) > 0
                ORDER BY smsStop.remote, through LIMIT ?
                """, arguments: [domain, after.remote, after.through, digits, limit]
        ).map { Stop(entry: Entry($0), through: $0["through"]) }
    }

    /// The ledger of `domain` before the row `before`, newest first; of one number only if `remote` says so.
    func ledger(
        of domain: DomainID, about remote: String?, before: Int, limit: Int, db: Database
    ) throws -> [Entry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM smsLedger WHERE domainId = ?1 AND (?2 IS NULL OR remote = ?2) AND id < ?3
                ORDER BY id DESC LIMIT ?4
                """, arguments: [domain, remote, before, limit]
        ).map(Entry.init)
    }

    private func write(
        _ deed: Deed, _ remote: String, in domain: DomainID, ourNumber: PhoneNumber?, by evidence: Evidence,
        db: Database
    ) throws -> Int64 {
        let source: (name: String, word: String, message: MessageID?, reason: String?, by: String?) =
            switch evidence {
            case .keyword(let word, let message): ("keyword", word, message, nil, nil)
            case .administrator(let name, let reason): ("administrator", "", nil, reason, name)
            }
        try db.execute(
            sql: """
                INSERT INTO smsLedger (domainId, remote, ourNumber, deed, source, word, messageId, reason, addedBy, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                domain, remote, ourNumber, deed.rawValue, source.name, source.word, source.message, source.reason,
                source.by, clock.now.milliseconds,
            ])
        let row = db.lastInsertedRowID
        // What an administrator does is recorded by the host.
        if case .keyword = evidence {
            try audit.note("opt-out-\(deed.rawValue)", of: Remote.masked(remote), in: domain, db: db)
        }
        return row
    }
}
