/// A cell as it stands in a CSV file that a spreadsheet may open.
///
/// What begins like a formula gets an apostrophe in front (a name `=HYPERLINK(…)` must not run in the administrator's
/// spreadsheet), and reading takes it off again: what was exported is imported as it was.
enum CSVCell {
    private static let triggers: Set<Character> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

    /// The text with an apostrophe in front if a spreadsheet could take it for a formula.
    static func guarded(_ text: String) -> String { isFormula(text) ? "'" + text : text }

    /// The text that `guarded` was given.
    static func plain(_ cell: String) -> String {
        cell.first == "'" && isFormula(cell) ? String(cell.dropFirst()) : cell
    }

    /// The field with what quotes it needs (RFC 4180).
    static func field(_ text: String) -> String {
        let cell = guarded(text)
        let isPlain = cell.unicodeScalars.allSatisfy { !"\",;\t\r\n".unicodeScalars.contains($0) }
        guard !isPlain || cell.first == " " || cell.last == " " else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }

    private static func isFormula(_ text: String) -> Bool {
        // Apostrophes too, so that one that somebody wrote isn't taken for ours.
        guard let first = text.first(where: { $0 != "'" && !$0.isWhitespace }) else { return false }
        return triggers.contains(first)
    }
}
