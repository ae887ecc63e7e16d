import Foundation
import PatchbaySDK

/// What a `GreetingID` names.
enum GreetingKind {}
/// A greeting that was sent.
typealias GreetingID = Identifier<GreetingKind>

/// One person's greeting to another of the same domain.
struct Greeting: Sendable, Equatable {
    let id: GreetingID
    let domain: DomainID
    let from: UserID
    let to: UserID
    let text: String
    let sentAt: Date

    var json: JSON {
        ["id": .string(id.rawValue), "from": .string(from.rawValue), "text": .string(text)]
    }

    func insert(in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO helloGreeting (domainId, id, fromId, toId, text, sentAt) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [domain, id, from, to, text, Int(sentAt.timeIntervalSince1970 * 1000)])
    }

    /// The greetings for `reader`, newest first; ids sort by time.
    static func newest(_ limit: Int, for reader: Caller, in db: Database) throws -> [Greeting] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM helloGreeting WHERE domainId = ? AND toId = ? ORDER BY id DESC LIMIT ?",
            arguments: [reader.domain, reader.user, limit])
        return rows.map { row in
            Greeting(
                id: row["id"], domain: row["domainId"], from: row["fromId"], to: row["toId"], text: row["text"],
                sentAt: Date(timeIntervalSince1970: Double(row["sentAt"] as Int) / 1000))
        }
    }
}
