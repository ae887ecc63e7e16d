import PatchbaySDK

/// Outside parties of SMS conversations: numbers, short codes and alphanumeric senders.
enum Remote {
    /// Whether an SMS can be sent to `remote`: a number in E.164 or a short code, not a name.
    static func canBeAnswered(_ remote: String) -> Bool {
        PhoneNumber(e164: remote) != nil || isShortCode(remote)
    }

    /// Three to six digits, the range in which countries assign short codes.
    static func isShortCode(_ text: String) -> Bool {
        (3...6).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Reads what an administrator typed.
    ///
    /// - Throws: `PortalError.invalid` (`number.invalid`).
    static func read(typed text: String, region: String) throws(PortalError) -> String {
        isShortCode(text) ? text : try PhoneNumber(typed: text, region: region).e164
    }

    /// `remote` for a log line: all but the last three characters hidden.
    static func masked(_ remote: String) -> String { "…" + remote.suffix(3) }
}
