import Foundation
import PatchbaySDK

/// Sums of one kind of row.
struct Sums: Sendable, Equatable {
    var received = 0
    var sent = 0
    var segments = 0
    var delivered = 0
    var failed = 0
    var chats = 0

    static let columns = """
        sum(received) AS received, sum(sent) AS sent, sum(segments) AS segments, sum(delivered) AS delivered,
        sum(failed) AS failed, sum(chats) AS chats
        """

    init() {}

    init(_ row: Row) {
        received = row["received"] ?? 0
        sent = row["sent"] ?? 0
        segments = row["segments"] ?? 0
        delivered = row["delivered"] ?? 0
        failed = row["failed"] ?? 0
        chats = row["chats"] ?? 0
    }

    static func + (one: Sums, other: Sums) -> Sums {
        var sum = one
        sum.received += other.received
        sum.sent += other.sent
        sum.segments += other.segments
        sum.delivered += other.delivered
        sum.failed += other.failed
        sum.chats += other.chats
        return sum
    }

    var json: [String: JSON] {
        [
            "received": .int(received), "sent": .int(sent), "segments": .int(segments), "delivered": .int(delivered),
            "failed": .int(failed), "chats": .int(chats),
        ]
    }
}

/// Reads the figures of some days of one domain: a range of rows by key, whatever the number of messages.
struct Figures: Sendable {
    let domain: DomainRecord
    let days: ClosedRange<Day>

    func sums(in db: Database) throws -> Sums {
        try Row.fetchOne(
            db, sql: "SELECT \(Sums.columns) FROM usageCount WHERE \(Self.range)", arguments: arguments
        ).map(Sums.init) ?? Sums()
    }

    func byDay(in db: Database) throws -> [Day: Sums] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT day, \(Sums.columns) FROM usageCount WHERE \(Self.range) GROUP BY day",
            arguments: arguments)
        return Dictionary(uniqueKeysWithValues: rows.map { (Day(number: $0["day"]), Sums($0)) })
    }

    /// By number, the busiest first.
    func byNumber(in db: Database) throws -> [(number: PhoneNumber, sums: Sums)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT number, \(Sums.columns) FROM usageCount WHERE \(Self.range) AND number <> '' GROUP BY number
                ORDER BY sum(received) + sum(sent) DESC, number LIMIT 200
                """, arguments: arguments
        ).compactMap { row in PhoneNumber(e164: row["number"]).map { ($0, Sums(row)) } }
    }

    /// By person, who sent most first.
    func byUser(in db: Database) throws -> [(user: UserID, sums: Sums)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT userId, \(Sums.columns) FROM usageCount WHERE \(Self.range) AND userId <> '' GROUP BY userId
                ORDER BY sum(sent) DESC, sum(chats) DESC, userId LIMIT 200
                """, arguments: arguments
        ).map { (UserID(rawValue: $0["userId"]), Sums($0)) }
    }

    /// Why texts failed, the most frequent first.
    func reasons(in db: Database) throws -> [(reason: String, failed: Int)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT reason, sum(failed) AS failed FROM usageReason WHERE \(Self.range) GROUP BY reason
                HAVING sum(failed) > 0 ORDER BY sum(failed) DESC, reason LIMIT 20
                """, arguments: arguments
        ).map { ($0["reason"], $0["failed"]) }
    }

    func replies(in db: Database) throws -> [(bucket: Int, replies: Int)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT bucket, sum(replies) AS replies FROM usageReply WHERE \(Self.range) GROUP BY bucket ORDER BY bucket
                """, arguments: arguments
        ).map { ($0["bucket"], $0["replies"]) }
    }

    func count(of deed: Tally.Deed, in db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT sum(count) FROM usageDeed WHERE \(Self.range) AND deed = ?",
            arguments: arguments + [deed.rawValue]) ?? 0
    }

    /// Every row, for the export.
    func rows(in db: Database) throws -> [(day: Day, number: String, user: String, sums: Sums)] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM usageCount WHERE \(Self.range) ORDER BY day, number, userId", arguments: arguments
        ).map { (Day(number: $0["day"]), $0["number"], $0["userId"], Sums($0)) }
    }

    private static let range = "domainId = ? AND day BETWEEN ? AND ?"
    private var arguments: StatementArguments { [domain.id, days.lowerBound.number, days.upperBound.number] }
}
