import CPhoneNumber
import Foundation

/// A public telephone number in E.164 (ITU-T E.164): a plus sign and at most 15 digits.
public struct PhoneNumber: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The number in E.164, such as `+16195550142`.
    public let e164: String

    /// Takes a number that is in E.164 already, as the store and carriers hand it over.
    ///
    /// - Returns: `nil` unless `e164` is `+`, then 7 to 15 digits that don't begin with 0.
    public init?(e164: String) {
        let digits = e164.utf8.dropFirst()
        guard e164.utf8.first == UInt8(ascii: "+"), (7...15).contains(digits.count), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.e164 = e164
    }

    /// Reads a number as a person types it: national or international, with any punctuation.
    ///
    /// - Parameter region: ISO 3166-1 alpha-2, the domain's region: `(619) 555-0142` is a number in `US` only.
    /// - Throws: `PortalError.invalid` with the id `number.invalid` when `text` is no number that could exist.
    public init(typed text: String, region: String) throws(PortalError) {
        var parsed = PatchbayPhone()
        guard text.utf8.count <= 64, !text.contains("\0"), patchbay_phone_parse(text, region, &parsed) == 0,
            parsed.isPossible == 1,
            let number = PhoneNumber(e164: Self.text(parsed.e164))
        else {
            throw PortalError(
                .invalid, id: "number.invalid",
                "That is not a phone number. Type it as you would dial it, or with + and the country code.")
        }
        self = number
    }

    /// Whether the number's range is one that its country has assigned, by libphonenumber's data.
    public var isAssignable: Bool { parsed?.isValid == 1 }

    /// The number as people of `region` write it: national form at home, international form elsewhere.
    public func formatted(for region: String) -> String {
        guard let parsed else { return e164 }
        return Self.text(parsed.region) == region ? Self.text(parsed.national) : Self.text(parsed.international)
    }

    /// What stands for somebody outside, as people of `region` write it; short codes and names as they are.
    public static func formatted(_ remote: String, for region: String) -> String {
        PhoneNumber(e164: remote)?.formatted(for: region) ?? remote
    }

    /// The number for a log line: all but the last three digits hidden.
    public var masked: String { "…" + e164.suffix(3) }

    /// The number in E.164.
    public var description: String { e164 }

    /// Reads a number in E.164.
    ///
    /// - Throws: `PortalError.invalid` (`number.invalid`) for anything else.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let number = PhoneNumber(e164: text) else {
            throw PortalError(
                .invalid, id: "number.invalid", "A phone number here must be in E.164, such as +16195550142.")
        }
        self = number
    }

    /// Writes the number in E.164.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(e164)
    }

    /// Whether `region` is a region whose numbers can be read, such as `US`.
    public static func knowsRegion(_ region: String) -> Bool { patchbay_phone_knows_region(region) == 1 }

    private var parsed: PatchbayPhone? {
        var phone = PatchbayPhone()
        return patchbay_phone_parse(e164, "ZZ", &phone) == 0 ? phone : nil
    }

    /// The C struct's fixed arrays are tuples in Swift; each ends in NUL.
    private static func text<Tuple>(_ tuple: Tuple) -> String {
        withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

extension PhoneNumber: DatabaseValueConvertible {
    /// The number in E.164, for SQLite.
    public var databaseValue: DatabaseValue { e164.databaseValue }

    /// The number in a column; `nil` for a column that holds none in E.164.
    public static func fromDatabaseValue(_ value: DatabaseValue) -> PhoneNumber? {
        String.fromDatabaseValue(value).flatMap { PhoneNumber(e164: $0) }
    }
}
