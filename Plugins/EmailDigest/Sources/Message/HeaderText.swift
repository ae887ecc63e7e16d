import Foundation

/// Header fields as RFC 5322 writes them: nothing that a person or a carrier wrote can begin a line of its own.
enum HeaderText {
    /// A line of a header has at most 78 characters by will, 998 by force (RFC 5322 §2.1.1).
    private static let lineLength = 76
    /// A line with encoded words has 76 characters at most (RFC 2047 §2): `Subject: ` and 39 bytes in Base64 fit.
    private static let bytesInWord = 39

    /// Free text, such as a subject: as it is when it is short and plain, else in encoded words (RFC 2047), folded.
    static func unstructured(_ text: String) -> String {
        let text = onOneLine(text)
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains("=?")
        if isPlain, text.utf8.count <= lineLength - 12 { return text }
        return encodedWords(text)
    }

    /// A mailbox with the name beside it, such as `Harbor <portal@harbor.example>`.
    static func mailbox(_ mailbox: Mailbox, name: String) -> String {
        let name = onOneLine(name).trimmingCharacters(in: .whitespaces)
        if name.isEmpty { return mailbox.text }
        let isAtoms = name.utf8.allSatisfy { byte in
            (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x20
        }
        let shown = isAtoms && name.utf8.count <= lineLength - 12 ? name : encodedWords(name)
        // The address on a line of its own: folding can't cut it, and no line gets too long.
        return "\(shown)\r\n <\(mailbox.text)>"
    }

    /// Line ends and other controls become spaces: the text stays one line, whatever it was.
    static func onOneLine(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var part: [UInt8] = []
        // A character's bytes stay in one word (RFC 2047 §5).
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if part.count + bytes.count > bytesInWord {
                words.append(word(part))
                part = []
            }
            part += bytes
        }
        if !part.isEmpty { words.append(word(part)) }
        return words.joined(separator: "\r\n ")
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Data(bytes).base64EncodedString())?=" }
}
