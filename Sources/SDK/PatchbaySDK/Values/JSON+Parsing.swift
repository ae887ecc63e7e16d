extension JSON {
    /// Why a text is not JSON, and where.
    public struct ParseError: Error, Sendable, Equatable, CustomStringConvertible {
        /// What is wrong, such as “unexpected end”.
        public let reason: String
        /// Counted from 0, in bytes of UTF-8.
        public let offset: Int
        /// Reason and place, for a sentence.
        public var description: String { "\(reason) at byte \(offset)" }
    }

    /// Reads exactly one JSON text (RFC 8259).
    ///
    /// Stricter than the RFC asks: invalid UTF-8, lone surrogates, a key that occurs twice (in whatever Unicode
    /// normalisation), more than 64 levels, and numbers that a `Double` can't hold are errors.
    public init(parsing bytes: some Collection<UInt8>) throws(ParseError) {
        var parser = Parser(bytes: Array(bytes))
        self = try parser.document()
    }

    /// Reads exactly one JSON text.
    public init(parsing text: String) throws(ParseError) { try self.init(parsing: Array(text.utf8)) }
}

private struct Parser {
    let bytes: [UInt8]
    var at = 0
    static let deepest = 64

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSON.ParseError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw fail("there is more after the end of the value") }
        return value
    }

    private func fail(_ reason: String) -> JSON.ParseError { JSON.ParseError(reason: reason, offset: at) }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSON.ParseError) -> JSON {
        guard depth < Self.deepest else { throw fail("nested more than \(Self.deepest) levels deep") }
        skipSpace()
        guard let byte = next else { throw fail("the text ends too early") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fail("unexpected character")
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSON.ParseError) -> JSON {
        let end = at + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[at..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { throw fail("unexpected character") }
        at = end
        return value
    }

    private mutating func object(depth: Int) throws(JSON.ParseError) -> JSON {
        at += 1
        var members: [String: JSON] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fail("expected a key in quotes") }
            let start = at
            let key = try string()
            guard members[key] == nil else {
                throw JSON.ParseError(reason: "the key \"\(key)\" occurs twice", offset: start)
            }
            skipSpace()
            guard take(":") else { throw fail("expected a colon") }
            members[key] = try value(depth: depth + 1)
            skipSpace()
        } while take(",")
        guard take("}") else { throw fail("expected a comma or }") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSON.ParseError) -> JSON {
        at += 1
        var values: [JSON] = []
        skipSpace()
        if take("]") { return .array(values) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw fail("expected a comma or ]") }
        return .array(values)
    }

    private mutating func number() throws(JSON.ParseError) -> JSON {
        let start = at
        _ = take("-")
        if !take("0") { try digits() }
        var isWhole = true
        if take(".") {
            isWhole = false
            try digits()
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let whole = Int(text) { return .int(whole) }
        guard let value = Double(text), value.isFinite else { throw fail("the number is too large") }
        return .double(value)
    }

    private mutating func digits() throws(JSON.ParseError) {
        let start = at
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        guard at > start else { throw fail("expected a digit") }
    }

    private mutating func string() throws(JSON.ParseError) -> String {
        at += 1
        let start = at
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        if next == UInt8(ascii: "\"") {
            defer { at += 1 }
            return try validated(bytes[start..<at], from: start)
        }
        var text = Array(bytes[start..<at])
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw fail("a control character in a string") }
            at += 1
            if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
        }
        guard take("\"") else { throw fail("the string has no end") }
        return try validated(text[...], from: start)
    }

    private func validated(_ text: ArraySlice<UInt8>, from start: Int) throws(JSON.ParseError) -> String {
        guard let valid = String(validating: text, as: UTF8.self) else {
            throw JSON.ParseError(reason: "the string is not valid UTF-8", offset: start)
        }
        return valid
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSON.ParseError) {
        guard let letter = next else { throw fail("the string has no end") }
        at += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexQuad()
            if (0xD800..<0xDC00).contains(code) {
                guard take("\\"), take("u") else { throw fail("half of a surrogate pair") }
                let low = try hexQuad()
                guard (0xDC00..<0xE000).contains(low) else { throw fail("half of a surrogate pair") }
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fail("half of a surrogate pair") }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw fail("unknown escape in a string")
        }
    }

    private mutating func hexQuad() throws(JSON.ParseError) -> UInt32 {
        guard at + 4 <= bytes.count, bytes[at] != UInt8(ascii: "+"),
            let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw fail("\\u needs four hexadecimal digits") }
        at += 4
        return code
    }
}
