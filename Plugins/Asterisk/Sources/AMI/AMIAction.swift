import PatchbaySDK

/// An action for the manager interface, ready to be written: no value can begin a header of its own.
struct AMIAction: Sendable, Equatable {
    let name: String
    private(set) var headers: [Header] = []

    struct Header: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// - Parameter name: A name from this plugin's code, such as `Ping`.
    init(_ name: String) { self.name = name }

    /// Adds a header.
    ///
    /// - Throws: `PortalError.invalid` (`asterisk.unsafe-value`) for a value with a line end or NUL, or too long a one.
    mutating func add(_ header: String, _ value: String) throws(PortalError) {
        // By bytes: "\r\n" is one Character, and would hide from a comparison with "\n".
        let isSafe = value.utf8.count <= 1024 && !value.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
        guard isSafe else {
            throw PortalError(
                .invalid, id: "asterisk.unsafe-value",
                "The phone system can't take a value with line ends in it, or of more than 1024 bytes.",
                details: ["header": header])
        }
        headers.append(Header(name: header, value: value))
    }

    /// The action as bytes, with `id` to recognise what comes back.
    func bytes(id: String) -> [UInt8] {
        var text = "Action: \(name)\r\nActionID: \(id)\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        return Array((text + "\r\n").utf8)
    }
}
