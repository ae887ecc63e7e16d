/// One message of the manager interface: a response or an event, as its lines of "Key: value".
struct AMIMessage: Sendable, Equatable {
    /// In the order in which they came; a key may occur several times.
    let fields: [Field]

    struct Field: Sendable, Equatable {
        let key: String
        let value: String
    }

    /// The value of the first field called `key`, in any capitals; nil when there is none.
    subscript(key: String) -> String? {
        fields.first { $0.key.caseInsensitivelyEquals(key) }?.value
    }

    /// The event's name, such as `Newchannel`; nil for a response.
    var event: String? { self["Event"] }
    var actionID: String? { self["ActionID"] }

    /// Whether it is the answer to an action; OriginateResponse has a field called so too, but is an event.
    var isResponse: Bool { fields.first?.key.caseInsensitivelyEquals("Response") == true }
    /// Whether the action was carried out.
    var isSuccess: Bool { self["Response"]?.caseInsensitivelyEquals("Success") == true }

    /// Whether further events with the same ActionID follow until one with `Complete`.
    var beginsList: Bool { self["EventList"]?.caseInsensitivelyEquals("start") == true }
    /// Whether it is the last event of a list, or says that there is no list after all.
    var endsList: Bool {
        guard let list = self["EventList"] else { return false }
        return list.caseInsensitivelyEquals("Complete") || list.caseInsensitivelyEquals("cancelled")
    }
}

extension String {
    /// Compares the letters of ASCII without their capitals; cheaper than `lowercased()`, for thousands of fields.
    fileprivate func caseInsensitivelyEquals(_ other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { Self.folded($0) == Self.folded($1) }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
