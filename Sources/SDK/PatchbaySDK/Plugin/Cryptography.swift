/// A hash function. MD5 and SHA-1 are here for protocols that still ask for them (AMI's challenge, TURN's
/// credentials, carriers' webhook signatures); nothing new should choose them.
public enum HashFunction: Sendable, CaseIterable {
    /// 16 bytes, RFC 1321.
    case md5
    /// 20 bytes, FIPS 180-4.
    case sha1
    /// 32 bytes, FIPS 180-4.
    case sha256
    /// 64 bytes, FIPS 180-4.
    case sha512
}

/// What plugins need to verify webhooks, answer challenges and make tokens, done by the host's library.
public protocol Cryptography: Sendable {
    /// The hash of `message`.
    func digest(_ message: [UInt8], _ function: HashFunction) -> [UInt8]

    /// The HMAC (RFC 2104) of `message`.
    func authenticationCode(for message: [UInt8], key: [UInt8], _ function: HashFunction) -> [UInt8]

    /// Whether both are the same, in a time that doesn't tell where they differ.
    func isEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool

    /// Bytes that nobody can guess, from the system's generator.
    ///
    /// - Parameter count: How many; 16 are enough for a token.
    func randomBytes(_ count: Int) -> [UInt8]
}

extension Cryptography {
    /// The hash of `text`'s UTF-8, as lower-case hexadecimal digits: how such things are stored and compared.
    public func hexDigest(_ text: String, _ function: HashFunction) -> String {
        let digits = Array("0123456789abcdef".unicodeScalars)
        var hex = String.UnicodeScalarView()
        for byte in digest(Array(text.utf8), function) {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return String(hex)
    }
}
