import Foundation
import PatchbaySDK

/// Text as searches see it: without case, accents or width.
enum SearchText {
    /// What is stored beside a name to find and sort it by.
    static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    /// The words of a query, folded; all of them have to occur. At most eight of the first 200 characters.
    static func words(of query: String) -> [String] {
        folded(String(query.prefix(200))).split(whereSeparator: \.isWhitespace).prefix(8).map(String.init)
    }

    /// The digits of a query that can only be (part of) a number, without leading zeros, which are for dialling.
    static func digits(of query: String) -> String? {
        let text = query.prefix(64)
        guard text.contains(where: \.isWholeNumber),
            text.allSatisfy({ $0.isASCII && ($0.isNumber || " +()-./".contains($0)) })
        else { return nil }
        let digits = text.filter(\.isNumber).drop { $0 == "0" }
        return digits.isEmpty ? nil : String(digits)
    }

    /// A condition that holds when every word occurs in one of `columns`, with its arguments.
    static func condition(_ words: [String], in columns: [String]) -> (sql: String, arguments: StatementArguments) {
        let one = "(" + columns.map { "instr(\($0), ?) > 0" }.joined(separator: " OR ") + ")"
        let sql = words.isEmpty ? "1" : words.map { _ in one }.joined(separator: " AND ")
        return (sql, StatementArguments(words.flatMap { word in columns.map { _ in word } }))
    }
}
