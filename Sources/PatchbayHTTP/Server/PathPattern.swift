/// A path with places, such as `/conversations/{id}/messages`.
struct PathPattern: Sendable {
    private enum Segment: Sendable {
        case literal(String)
        case place(String)
    }

    let text: String
    private let segments: [Segment]

    /// - Parameter text: `{name}` and `:name` both stand for one segment.
    init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/").map { part in
            if part.hasPrefix(":") { return .place(String(part.dropFirst())) }
            if part.hasPrefix("{"), part.hasSuffix("}") { return .place(String(part.dropFirst().dropLast())) }
            return .literal(String(part))
        }
    }

    /// How exact the pattern is: where two match, the one with fewer places is meant.
    var placeCount: Int { segments.count { if case .place = $0 { true } else { false } } }

    /// What the places hold when `path` fits, else `nil`.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var found: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .literal(let literal): guard literal == text else { return nil }
            case .place(let name): found[name] = text
            }
        }
        return found
    }
}

/// A request's path and query, decoded strictly.
struct RequestTarget: Sendable {
    /// Decoded segments; an empty one is kept, so `/a//b` is not `/a/b`.
    let path: [String]
    /// Decoded pairs in their order.
    let query: [(name: String, value: String)]

    /// - Returns: `nil` when the target isn't valid percent-encoded UTF-8 or holds a NUL.
    init?(_ target: String) {
        // By bytes: what separates is ASCII, and characters take longer to find.
        let parts = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, first.first == UInt8(ascii: "/") else { return nil }
        var path: [String] = []
        for segment in first.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let text = Self.decode(segment, plusIsSpace: false) else { return nil }
            path.append(text)
        }
        self.path = path == [""] ? [] : path
        var query: [(name: String, value: String)] = []
        for pair in (parts.count > 1 ? parts[1] : "".utf8[...]).split(separator: UInt8(ascii: "&")) {
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(sides[0], plusIsSpace: true),
                let value = Self.decode(sides.count > 1 ? sides[1] : "".utf8[...], plusIsSpace: true)
            else { return nil }
            query.append((name, value))
        }
        self.query = query
    }

    /// The query as a dictionary; of a name that occurs twice, the last.
    var queryByName: [String: String] { Dictionary(query.map { ($0.name, $0.value) }) { _, last in last } }

    private static func decode(_ text: Substring.UTF8View, plusIsSpace: Bool) -> String? {
        // A Swift text is valid UTF-8 already; most have nothing to decode.
        let isPlain = text.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") && $0 != 0 }
        if isPlain { return String(Substring(text)) }
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
