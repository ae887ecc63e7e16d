/// An e-mail address that can be written into a command and a header as it is: nothing in it ends a line, a path or a
/// list. What RFC 5321 §4.1.2 calls a mailbox, without quoted strings and address literals.
struct Mailbox: Sendable, Equatable {
    let text: String

    /// - Returns: `nil` for what isn't such an address.
    init?(_ text: String) {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let local = text[..<at]
        let domain = text[text.index(after: at)...]
        // RFC 5321 §4.5.3.1, in bytes.
        guard (1...64).contains(local.utf8.count), (1...255).contains(domain.utf8.count) else { return nil }
        guard local.unicodeScalars.allSatisfy(Self.isAtomText), !local.hasPrefix("."), !local.hasSuffix("."),
            !local.contains(".."), domain.unicodeScalars.allSatisfy(Self.isDomainText),
            domain.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ label in
                !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
            })
        else { return nil }
        self.text = text
    }

    /// Whether it takes SMTPUTF8 (RFC 6531).
    var isInternational: Bool { !text.utf8.allSatisfy { $0 < 0x80 } }

    /// The part behind the @.
    var domain: Substring { text[text.index(after: text.lastIndex(of: "@") ?? text.startIndex)...] }

    /// RFC 5322 §3.2.3 with the dot, and what RFC 6531 §3.3 adds.
    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? isLetterOrDigit(scalar) || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains(scalar)
            : isPrintable(scalar)
    }

    private static func isDomainText(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? isLetterOrDigit(scalar) || scalar == "-" || scalar == "." : isPrintable(scalar)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }
}
