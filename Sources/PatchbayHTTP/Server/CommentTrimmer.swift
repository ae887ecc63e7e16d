/// Leaves out of a script or a style sheet the comments that stand on lines of their own: a fifth of what a browser
/// would load. The lines stay, empty, so that an error still names the right one.
enum CommentTrimmer {
    static func trimmed(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var isInTemplate = false
        var at = text.startIndex
        while at < text.endIndex {
            if !isInTemplate, let comment = comment(startingAt: at, in: text) {
                out.append(contentsOf: text[comment].lazy.filter { $0 == newline })
                at = comment.upperBound
                continue
            }
            let end = text[at...].firstIndex(of: newline).map { $0 + 1 } ?? text.endIndex
            // What looks like a comment in a template's text is text. A lone backtick elsewhere keeps comments, no more.
            if text[at..<end].count(where: { $0 == UInt8(ascii: "`") }) % 2 == 1 { isInTemplate.toggle() }
            out.append(contentsOf: text[at..<end])
            at = end
        }
        return out
    }

    private static let newline = UInt8(ascii: "\n")

    /// From the start of a line to the end of the line that the comment ends on, without its break; `nil` when the line
    /// begins with something else, or the comment is followed by something.
    private static func comment(startingAt start: Int, in text: [UInt8]) -> Range<Int>? {
        guard var at = text[start...].firstIndex(where: { !isBlank($0) }), text[at...].starts(with: "/*".utf8) else {
            return nil
        }
        at += 2
        repeat {
            guard let star = text[at...].firstIndex(of: UInt8(ascii: "*")) else { return nil }
            at = star + 1
        } while at < text.endIndex && text[at] != UInt8(ascii: "/")
        let end = text[at...].dropFirst().firstIndex { !isBlank($0) } ?? text.endIndex
        return end == text.endIndex || text[end] == newline ? start..<end : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
