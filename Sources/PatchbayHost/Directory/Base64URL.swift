import Foundation

extension Data {
    /// Base64 for addresses and headers, without padding (RFC 4648 §5).
    var base64URL: String {
        let digits = Self.digits
        var text: [UInt8] = []
        text.reserveCapacity((count * 4 + 2) / 3)
        var bits = 0
        var bitCount = 0
        for byte in self {
            bits = bits << 8 | Int(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(digits[bits >> bitCount & 63])
            }
            bits &= 63
        }
        if bitCount > 0 { text.append(digits[bits << (6 - bitCount) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// - Returns: `nil` when `text` isn't base64url.
    init?(base64URL text: String) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}
