import CPhoneNumber

extension PhoneNumber {
    /// The IANA time zones that the number may be in, by libphonenumber's table; empty where it says nothing.
    ///
    /// One for most area codes. A mobile number of a large country, a toll-free one, or one whose range isn't assigned may
    /// be in any zone of its country; an area code at a border in two.
    public var timeZones: [String] {
        let digits = e164.utf8.dropFirst().prefix(Int(patchbay_phone_place_digits(e164)))
        for length in stride(from: min(digits.count, Self.longestPrefix), to: 0, by: -1) {
            if let zones = Self.zones[String(decoding: digits.prefix(length), as: UTF8.self)] { return zones }
        }
        return []
    }

    private static let zones: [String: [String]] = {
        var zones: [String: [String]] = [:]
        var current: [String] = []
        for word in ZoneTable.text.split(whereSeparator: \.isWhitespace) {
            if word.first?.isNumber == true {
                zones[String(word)] = current
            } else {
                current = word.split(separator: ",").map(String.init)
            }
        }
        return zones
    }()

    private static let longestPrefix = zones.keys.lazy.map(\.utf8.count).max() ?? 0
}
