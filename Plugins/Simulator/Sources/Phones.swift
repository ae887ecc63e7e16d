import Foundation
import PatchbaySDK

/// The customers' phones, and the log of what was handed over. They are tables, so that a restart changes nothing.
struct Phones: Sendable {
    /// A message on a customer's phone.
    struct Bubble: Sendable {
        let id: Int
        let ours: String
        let direction: String
        let text: String
        /// Milliseconds since 1970.
        let at: Int
    }

    /// A customer's phone.
    struct Phone: Sendable {
        let number: String
        let messages: [Bubble]
    }

    let clock: any PortalClock
    let numbers: any Numbers

    /// Writes a submit into the log, whatever becomes of it.
    func logSubmit(of sms: OutboundSMS, outcome: String, in db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT INTO simulatorSubmit (messageId, part, attempt, outcome, at) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [sms.id, sms.part, sms.attempt, outcome, clock.now.milliseconds])
    }

    /// Shows `sms` on the phone; a repeated attempt shows once, as on a handset behind a careful network.
    ///
    /// - Returns: the domain that wrote.
    func ring(with sms: OutboundSMS, in db: Database) throws -> DomainID? {
        guard let record = try numbers.record(of: sms.from, in: db) else { return nil }
        try add(
            phone: sms.to, ours: sms.from, domain: record.domain, direction: "toPhone", text: sms.text,
            key: "\(sms.id)/\(sms.part)", in: db)
        return record.domain
    }

    /// Shows what the customer has written.
    func addReply(
        from phone: String, to ours: PhoneNumber, domain: DomainID, text: String, id: String, in db: Database
    ) throws {
        try add(
            phone: phone, ours: ours, domain: domain, direction: "fromPhone", text: text, key: "reply/\(id)", in: db)
    }

    /// Removes what stands on the phone.
    ///
    /// - Returns: whether there may be more.
    func empty(_ phone: String, of domain: DomainID, atMost limit: Int, in db: Database) throws -> Bool {
        try db.execute(
            sql: """
                DELETE FROM simulatorMessage WHERE id IN (
                    SELECT id FROM simulatorMessage WHERE domainId = ? AND phone = ? LIMIT ?)
                """, arguments: [domain, phone, limit])
        return db.changesCount == limit
    }

    private func add(
        phone: String, ours: PhoneNumber, domain: DomainID, direction: String, text: String, key: String,
        in db: Database
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO simulatorMessage (domainId, phone, ours, direction, text, key, at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
                """
        ).execute(arguments: [domain, phone, ours, direction, text, key, clock.now.milliseconds])
    }

    /// The phones that talk with `domain`, the one with the latest message first; each with its last 50 messages.
    func phones(of domain: DomainID, limit: Int, in db: Database) throws -> [Phone] {
        let numbers = try String.fetchAll(
            db,
            sql: """
                SELECT phone FROM simulatorMessage WHERE domainId = ? GROUP BY phone ORDER BY max(id) DESC LIMIT ?
                """, arguments: [domain, limit])
        return try numbers.map { number in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, ours, direction, text, at FROM simulatorMessage WHERE domainId = ? AND phone = ?
                    ORDER BY id DESC LIMIT 50
                    """, arguments: [domain, number])
            let bubbles = rows.reversed().map { row in
                Bubble(
                    id: row["id"], ours: row["ours"], direction: row["direction"], text: row["text"], at: row["at"])
            }
            return Phone(number: number, messages: Array(bubbles))
        }
    }
}
