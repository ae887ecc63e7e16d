import Crypto
import Foundation

/// 256 random bits that prove who somebody is. Only a hash of it is stored.
struct Secret: Sendable {
    /// What the browser or the API client keeps.
    let token: String

    init(prefix: String) {
        var generator = SystemRandomNumberGenerator()
        let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        token = prefix + bytes.base64URL
    }

    /// What is stored: SHA-256 needs no salt here, for the token can't be guessed.
    var hash: String { Self.hash(of: token) }

    static func hash(of token: String) -> String { Data(SHA256.hash(data: Array(token.utf8))).base64URL }
}
