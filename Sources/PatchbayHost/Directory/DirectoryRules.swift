import Foundation
import PatchbaySDK

/// What names, extensions, regions and addresses may look like.
enum DirectoryRules {
    /// Takes the blanks off and checks the length.
    ///
    /// - Throws: `PortalError.invalid` with `id` unless 1 to `limit` characters are left, none of them a control character.
    static func line(
        _ text: String, limit: Int, id: String, _ sentence: String
    ) throws(PortalError) -> String {
        let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !line.isEmpty, line.count <= limit,
            !line.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        else { throw PortalError(.invalid, id: id, sentence) }
        return line
    }

    static func name(_ text: String) throws(PortalError) -> String {
        try line(text, limit: 200, id: "directory.name-invalid", "A name has 1 to 200 characters on one line.")
    }

    static func domainID(_ id: DomainID) throws(PortalError) -> DomainID {
        let name = id.rawValue.lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isHostName =
            name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
        guard isHostName else {
            throw PortalError(
                .invalid, id: "directory.domain-id-invalid",
                "A domain is named like a host: letters, digits, hyphens and dots, such as harbor.example.")
        }
        return DomainID(rawValue: name)
    }

    static func region(_ text: String) throws(PortalError) -> String {
        let region = text.uppercased()
        guard region.utf8.count == 2, PhoneNumber.knowsRegion(region) else {
            throw PortalError(
                .invalid, id: "directory.region-unknown",
                "There is no region “\(text)”. Use the two letters of ISO 3166, such as US or CH.")
        }
        return region
    }

    static func claimMinutes(_ minutes: Int) throws(PortalError) -> Int {
        guard (1...1_440).contains(minutes) else {
            throw PortalError(
                .invalid, id: "directory.claim-minutes-invalid", "A claim lasts from 1 minute to 1,440, which is a day."
            )
        }
        return minutes
    }

    static func timeZone(_ text: String) throws(PortalError) -> String {
        guard text == "UTC" || text.contains("/"), TimeZone(identifier: text) != nil else {
            throw PortalError(
                .invalid, id: "directory.time-zone-unknown",
                "There is no time zone “\(text)”. Use a name such as America/Los_Angeles.")
        }
        return text
    }

    static func `extension`(_ text: String) throws(PortalError) -> String {
        guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw PortalError(.invalid, id: "directory.extension-invalid", "An extension has 1 to 10 digits.")
        }
        return text
    }

    /// - Returns: `nil` for an empty address: the user has none.
    static func email(_ text: String?) throws(PortalError) -> String? {
        guard let text else { return nil }
        let address = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if address.isEmpty { return nil }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, address.utf8.count <= 254,
            address.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 })
        else {
            throw PortalError(.invalid, id: "directory.email-invalid", "“\(address)” is not an e-mail address.")
        }
        return address
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
