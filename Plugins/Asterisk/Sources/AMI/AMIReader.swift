/// Reads the manager interface's stream piece by piece: the greeting first, then messages.
///
/// It keeps at most one unfinished message, within the bounds of ``AMIFault``, whatever arrives.
struct AMIReader {
    /// The version in the greeting, such as `11.0.0`; nil until the greeting has come.
    private(set) var version: String?

    private var line: [UInt8] = []
    private var fields: [AMIMessage.Field] = []
    private var messageBytes = 0
    /// Whether lines are a command's output as Asterisk before 14 sent it: without keys, up to a mark.
    private var isRawOutput = false

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let endOfOutput = "--END COMMAND--"

    /// How many bytes it keeps for a message that isn't whole yet.
    var bytesKept: Int { line.count + messageBytes }

    /// Takes the next bytes.
    ///
    /// - Returns: the messages that are whole now.
    /// - Throws: what is wrong with them; nothing may be read after that.
    mutating func read(_ bytes: [UInt8]) throws(AMIFault) -> [AMIMessage] {
        var messages: [AMIMessage] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: Self.lineFeed) {
            try keep(rest[..<end])
            rest = rest[(end + 1)...]
            if let message = try endLine() { messages.append(message) }
        }
        try keep(rest)
        return messages
    }

    private mutating func keep(_ part: ArraySlice<UInt8>) throws(AMIFault) {
        // One byte more, for the carriage return at the end.
        guard line.count + part.count <= AMIFault.longestLine + 1 else {
            throw version == nil ? .notAsterisk(Self.beginning(of: line + part.prefix(80))) : .lineTooLong
        }
        line.append(contentsOf: part)
        if version == nil, line.count > AMIFault.longestGreeting { throw .notAsterisk(Self.beginning(of: line)) }
    }

    private mutating func endLine() throws(AMIFault) -> AMIMessage? {
        if line.last == Self.carriageReturn { line.removeLast() }
        defer { line.removeAll(keepingCapacity: true) }
        guard version != nil else {
            version = try Self.version(inGreeting: line)
            return nil
        }
        guard !line.isEmpty || isRawOutput else { return endMessage() }
        messageBytes += line.count
        guard messageBytes <= AMIFault.longestMessage else { throw .messageTooLong }
        guard fields.count < AMIFault.mostLines else { throw .tooManyLines }
        try takeLine(String(decoding: line, as: UTF8.self))
        return nil
    }

    private mutating func endMessage() -> AMIMessage? {
        // Some actions end in two empty lines.
        guard !fields.isEmpty else { return nil }
        defer {
            fields.removeAll(keepingCapacity: true)
            messageBytes = 0
        }
        return AMIMessage(fields: fields)
    }

    private mutating func takeLine(_ text: String) throws(AMIFault) {
        if isRawOutput, !text.hasPrefix("ActionID: ") {
            // The mark may follow the output's last line without a line end between.
            guard text.hasSuffix(Self.endOfOutput) else { return add("Output", text) }
            let last = text.dropLast(Self.endOfOutput.count)
            if !last.isEmpty { add("Output", String(last)) }
            isRawOutput = false
            return
        }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            // A value with a line end in it; the first line of a message always has its key.
            guard let last = fields.popLast() else { throw .malformed }
            return add(last.key, last.value + "\n" + text)
        }
        let key = text[..<colon]
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        if fields.isEmpty {
            guard ["response", "event"].contains(key.lowercased()) else { throw .malformed }
        }
        add(String(key), String(value))
        isRawOutput = isRawOutput || (key == "Privilege" && fields[0].value == "Follows")
    }

    private mutating func add(_ key: String, _ value: String) { fields.append(.init(key: key, value: value)) }

    /// `Asterisk Call Manager/11.0.0`
    private static func version(inGreeting line: [UInt8]) throws(AMIFault) -> String {
        let text = String(decoding: line, as: UTF8.self)
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "Asterisk Call Manager", let major = Int(parts[1].prefix { $0 != "." })
        else {
            throw .notAsterisk(beginning(of: line))
        }
        guard major >= 2 else { throw .tooOld(String(parts[1])) }
        return String(parts[1])
    }

    /// So much of what came that an administrator recognises it, and nothing that would disturb a page or a log.
    private static func beginning(of line: [UInt8]) -> String {
        String(decoding: line.prefix(60).map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
    }
}
