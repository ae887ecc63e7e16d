import Foundation

/// A `pattern`, compiled once. The commonest kind, of characters of one class from start to end as in
/// `^[A-Za-z0-9_-]{1,64}$`, is matched by a table; all others by Foundation's regular expressions.
///
/// `@unchecked`: NSRegularExpression is immutable and may be used by several threads at once.
struct SchemaPattern: @unchecked Sendable {
    /// As the schema writes it.
    let text: String
    private let table: ASCIIClass?
    /// `nil` for a pattern that can't be compiled: it matches nothing.
    private let expression: NSRegularExpression?

    init(_ text: String) {
        self.text = text
        table = ASCIIClass(pattern: text)
        // ICU lets $ match before a final line break as well; JSON Schema's (ECMA-262) matches at the end only.
        let exact = text.hasSuffix("$") && !text.hasSuffix("\\$") ? text.dropLast() + "\\z" : text[...]
        expression = table == nil ? try? NSRegularExpression(pattern: String(exact)) : nil
    }

    func matches(_ value: String) -> Bool {
        if let table { return table.matches(value) }
        return expression?.firstMatch(in: value, range: NSRange(value.startIndex..., in: value)) != nil
    }
}

/// ASCII characters of one class, a number of times.
private struct ASCIIClass: Sendable {
    private let isIn: [Bool]
    private let counts: ClosedRange<Int>

    /// - Returns: `nil` for a pattern that is more than `^[…]{m,n}$`, `^[…]+$` or `^[…]*$`.
    init?(pattern: String) {
        // ICU reads set operators where ECMA-262 reads characters: none of ours, so they are left to it.
        guard !pattern.contains("&&"), !pattern.contains("--"),
            let parts = pattern.wholeMatch(of: #/\^\[([^\]\[\\^]+)\](\+|\*|\{([0-9]{1,4})(?:,([0-9]{1,4}))?\})\$/#),
            let isIn = Self.table(Array(parts.1.utf8))
        else { return nil }
        self.isIn = isIn
        switch parts.2 {
        case "+": counts = 1...Int.max
        case "*": counts = 0...Int.max
        default:
            guard let least = parts.3.flatMap({ Int($0) }) else { return nil }
            let most = parts.4.flatMap { Int($0) } ?? least
            guard least <= most else { return nil }
            counts = least...most
        }
    }

    func matches(_ value: String) -> Bool {
        // All of them are ASCII, so where they match, bytes are characters.
        counts.contains(value.utf8.count) && value.utf8.allSatisfy { $0 < 128 && isIn[Int($0)] }
    }

    private static func table(_ members: [UInt8]) -> [Bool]? {
        var isIn = [Bool](repeating: false, count: 128)
        var at = 0
        while at < members.count {
            let first = members[at]
            // A hyphen at either end is itself.
            let isRange = at + 2 < members.count && members[at + 1] == UInt8(ascii: "-")
            let last = isRange ? members[at + 2] : first
            guard first <= last, last < 128 else { return nil }
            for member in first...last { isIn[Int(member)] = true }
            at += isRange ? 3 : 1
        }
        return isIn
    }
}
