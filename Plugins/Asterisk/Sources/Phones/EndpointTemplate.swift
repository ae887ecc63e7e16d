import PatchbaySDK

/// How a domain's extensions are called in Asterisk, such as `PJSIP/{extension}` or `PJSIP/{domain}-{extension}`.
struct EndpointTemplate: Sendable, Equatable {
    private let prefix: String
    private let suffix: String

    /// - Throws: `PortalError.invalid` (`asterisk.bad-endpoint`) unless `text` is a technology, a slash and a name with
    ///   `{extension}` in it.
    init(_ text: String, domain: DomainID) throws(PortalError) {
        let filled = text.replacing("{domain}", with: domain.rawValue)
        let parts = filled.split(separator: "{extension}", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].contains("/"), Self.isPlain(parts[0]), Self.isPlain(parts[1]) else {
            throw PortalError(
                .invalid, id: "asterisk.bad-endpoint",
                "The endpoint \"\(text)\" needs a technology, a slash and {extension}, such as PJSIP/{extension}.")
        }
        prefix = String(parts[0])
        suffix = String(parts[1])
    }

    /// The device of an extension.
    ///
    /// - Throws: `PortalError.conflict` (`calls.no-phone`) for an extension that would mean more than one phone to Dial,
    ///   where `&` joins and `,` ends what is called.
    func device(of extension: String) throws(PortalError) -> String {
        guard Self.isExtension(`extension`) else {
            throw PortalError(
                .conflict, id: "calls.no-phone",
                "The extension \"\(`extension`.prefix(20))\" can't be a phone's. Ask your administrator.")
        }
        return prefix + `extension` + suffix
    }

    /// The extension whose device that is; nil for other devices.
    func `extension`(of device: String) -> String? {
        guard device.hasPrefix(prefix), device.hasSuffix(suffix) else { return nil }
        let middle = device.dropFirst(prefix.count).dropLast(suffix.count)
        return Self.isExtension(middle) ? String(middle) : nil
    }

    /// Whether `text` may stand for an extension: 1 to 40 letters, digits and `+*#._-` of ASCII.
    static func isExtension(_ text: some StringProtocol) -> Bool {
        (1...40).contains(text.utf8.count) && isPlain(text) && !text.contains("/") && !text.contains("@")
    }

    private static func isPlain(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/@+*#._-".utf8.contains(byte)
            }
        }
    }
}
