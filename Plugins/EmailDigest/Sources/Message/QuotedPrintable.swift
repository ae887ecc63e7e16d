/// The content transfer encoding of RFC 2045 §6.7: lines of at most 76 characters, ASCII only, still to be read by eye.
enum QuotedPrintable {
    private static let lineLength = 76

    /// `text` with its line ends as CRLF.
    static func encoded(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(Array($0.utf8)) }.joined(separator: "\r\n")
    }

    private static func line(_ bytes: [UInt8]) -> String {
        var lines: [String] = []
        var line = ""
        for (index, byte) in bytes.enumerated() {
            // A blank at a line's end gets lost on the way; a dot or "From " at its beginning is often meddled with.
            let isLastBlank = index == bytes.count - 1 && (byte == 0x20 || byte == 0x09)
            let isPlain = (0x20..<0x7F).contains(byte) && byte != 0x3D || byte == 0x09
            let isMeddled = line.isEmpty && (byte == 0x2E || byte == 0x46)
            let piece =
                isPlain && !isLastBlank && !isMeddled ? String(UnicodeScalar(byte)) : "=" + hex(byte)
            if line.utf8.count + piece.utf8.count > lineLength - 1 {
                lines.append(line + "=")
                line = (byte == 0x2E || byte == 0x46) && piece.utf8.count == 1 ? "=" + hex(byte) : piece
            } else {
                line += piece
            }
        }
        lines.append(line)
        return lines.joined(separator: "\r\n")
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
}
