/// Reads replies out of a stream of bytes, piece by piece. It keeps at most one unfinished reply, within the bounds of
/// ``SMTPFault``, whatever arrives.
struct SMTPReplyReader {
    private var line: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []
    /// What has come behind the last reply. Nothing may: we never send two commands at once.
    private var rest: [UInt8] = []

    private static let lineFeed = UInt8(ascii: "\n")

    /// Whether nothing has come that wasn't asked for, nor a part of an answer.
    var isEmpty: Bool { line.isEmpty && lines.isEmpty && rest.isEmpty }

    /// How many bytes it keeps.
    var bytesKept: Int { line.count + rest.count + lines.reduce(0) { $0 + $1.utf8.count } }

    /// Takes the next bytes; none to go on with what is left of those before.
    ///
    /// - Returns: the reply, once it is whole.
    /// - Throws: what is wrong with them; nothing may be read after that.
    mutating func read(_ bytes: [UInt8]) throws(SMTPFault) -> SMTPReply? {
        var left = (rest + bytes)[...]
        rest = []
        while let end = left.firstIndex(of: Self.lineFeed) {
            try keep(left[left.startIndex..<end])
            left = left[(end + 1)...]
            guard let reply = try endLine() else { continue }
            guard left.count <= SMTPFault.longestLine else { throw .lineTooLong }
            rest = Array(left)
            return reply
        }
        try keep(left)
        return nil
    }

    private mutating func keep(_ part: ArraySlice<UInt8>) throws(SMTPFault) {
        guard line.count + part.count < SMTPFault.longestLine else { throw .lineTooLong }
        line.append(contentsOf: part)
    }

    /// `250-text` goes on, `250 text` and `250` are the last line; all have the same code.
    private mutating func endLine() throws(SMTPFault) -> SMTPReply? {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        defer { line.removeAll(keepingCapacity: true) }
        let digits = line.prefix(3)
        guard digits.count == 3, let found = Int(String(decoding: digits, as: UTF8.self)), (200..<600).contains(found),
            digits.allSatisfy({ (0x30...0x39).contains($0) }), code == nil || code == found
        else { throw .notSMTP(Self.beginning(of: line)) }
        let mark = line.dropFirst(3).first
        guard mark == nil || mark == UInt8(ascii: " ") || mark == UInt8(ascii: "-") else {
            throw .notSMTP(Self.beginning(of: line))
        }
        guard lines.count < SMTPFault.mostLines else { throw .tooManyLines }
        code = found
        lines.append(Self.printable(line.dropFirst(4)))
        if mark == UInt8(ascii: "-") { return nil }
        defer {
            code = nil
            lines = []
        }
        return SMTPReply(code: found, lines: lines)
    }

    /// So much of what came that an administrator recognises it.
    private static func beginning(of line: [UInt8]) -> String { String(printable(line[...]).prefix(60)) }

    /// Nothing that would disturb a page or a log.
    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        HeaderText.onOneLine(String(decoding: bytes, as: UTF8.self))
    }
}
