import Foundation
import PatchbaySDK

/// The figures as CSV (RFC 4180): a line a day, number and person.
enum CSVExport {
    private static let head = [
        "day", "domain", "number", "person", "received", "sent", "segments", "delivered", "failed", "chats",
    ]

    static func text(of periods: [Figures], directory: any Directory, in db: Database) throws -> String {
        var lines = [head.joined(separator: ",")]
        for period in periods {
            for (day, number, user, sums) in try period.rows(in: db) {
                let name =
                    try user.isEmpty
                    ? "" : directory.user(UserID(rawValue: user), of: period.domain.id, in: db)?.fullName ?? user
                let figures = [sums.received, sums.sent, sums.segments, sums.delivered, sums.failed, sums.chats]
                let cells = [day.text, period.domain.id.rawValue, number, name].map(cell) + figures.map(String.init)
                lines.append(cells.joined(separator: ","))
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// In quotes where it must be; what a spreadsheet would take for a formula begins with an apostrophe.
    static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
