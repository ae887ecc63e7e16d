import PatchbaySDK

/// How a text is written into SMS: its encoding and its parts.
///
/// A character that takes two units (ESC and a character, a surrogate pair) is never cut in two: a part may therefore
/// hold one unit less, and 153 euro signs take three parts.
struct Segmentation: Equatable, Sendable {
    let encoding: SMSEncoding
    /// Septets (GSM 7-bit) or UTF-16 code units (UCS-2) of the whole text.
    let units: Int
    /// The texts of the parts; none for an empty text.
    let parts: [String]
    /// Units that still fit without another part.
    let remaining: Int

    init(_ text: String) {
        let septets = Self.septets(of: text)
        encoding = septets == nil ? .ucs2 : .gsm7
        units = septets ?? text.utf16.count
        let single = encoding == .gsm7 ? 160 : 70
        guard units > single else {
            parts = text.isEmpty ? [] : [text]
            remaining = single - units
            return
        }
        let each = encoding == .gsm7 ? 153 : 67
        let (split, used) = Self.split(text, each: each, encoding: encoding)
        parts = split
        remaining = each - used
    }

    /// - Returns: how many septets `text` takes; `nil` when one of its characters isn't in the alphabet.
    private static func septets(of text: String) -> Int? {
        var sum = 0
        for scalar in text.unicodeScalars {
            guard let septets = GSM7.septets(of: scalar) else { return nil }
            sum += septets
        }
        return sum
    }

    private static func split(_ text: String, each: Int, encoding: SMSEncoding) -> (parts: [String], used: Int) {
        var parts: [String] = []
        var part = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            let cost = encoding == .gsm7 ? GSM7.septets(of: scalar) ?? 1 : UTF16.width(scalar)
            if used + cost > each {
                parts.append(String(part))
                part = String.UnicodeScalarView()
                used = 0
            }
            part.append(scalar)
            used += cost
        }
        parts.append(String(part))
        return (parts, used)
    }
}
