/// The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038 §6.2.1).
enum GSM7 {
    /// How many septets `scalar` takes: 1, 2 for the extension table (ESC and the character); `nil` when it isn't in.
    static func septets(of scalar: Unicode.Scalar) -> Int? {
        if basic.contains(scalar) { return 1 }
        return extended.contains(scalar) ? 2 : nil
    }

    // ESC (1B) itself is no character of a text.
    private static let basic = Set(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)

    private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
