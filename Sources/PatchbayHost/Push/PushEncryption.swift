import Crypto
import Foundation
import PatchbaySDK

/// The keys of one browser, by which only it can read what is pushed to it (RFC 8291 §2).
public struct PushKeys: Sendable {
    let p256dh: P256.KeyAgreement.PublicKey
    let auth: Data

    /// - Throws: `PortalError.invalid` (`push.keys-invalid`) unless they are a point of P-256 and 16 bytes, base64url.
    public init(p256dh: String, auth: String) throws(PortalError) {
        guard let point = Data(base64URL: p256dh), point.count == 65,
            let key = try? P256.KeyAgreement.PublicKey(x963Representation: point),
            let secret = Data(base64URL: auth), secret.count == 16
        else {
            throw PortalError(
                .invalid, id: "push.keys-invalid",
                "The keys of the subscription can't be used. Switch notifications off and on again.")
        }
        self.p256dh = key
        self.auth = secret
    }
}

/// Encrypts for one browser: aes128gcm (RFC 8188) with the keys of RFC 8291.
enum PushEncryption {
    /// The most that every push service takes (RFC 8030 §7.2), in bytes.
    static let recordSize = 4_096
    private static let headerSize = 16 + 4 + 1 + 65
    /// The most to encrypt: what a record holds less header, tag and the delimiter of the padding.
    static let mostBytes = recordSize - headerSize - 16 - 1
    /// Messages are padded to a multiple of so many bytes: their length tells little of the text.
    private static let step = 1_024

    /// The zeros that follow a message of `count` bytes.
    static func padding(for count: Int) -> Int { min(mostBytes, (count / step + 1) * step) - count }

    /// - Parameters:
    ///   - message: At most `mostBytes`.
    ///   - key: A key for this message only.
    ///   - salt: 16 random bytes.
    /// - Returns: the body of the request.
    static func encrypt(
        _ message: Data, for keys: PushKeys, key: P256.KeyAgreement.PrivateKey, salt: Data, padding: Int
    ) throws -> Data {
        let ours = key.publicKey.x963Representation
        let shared = try key.sharedSecretFromKeyAgreement(with: keys.p256dh)
        let info = Data("WebPush: info\0".utf8) + keys.p256dh.x963Representation + ours
        let material = shared.hkdfDerivedSymmetricKey(
            using: SHA256.self, salt: keys.auth, sharedInfo: info, outputByteCount: 32)
        let contentKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: material, salt: salt, info: Data("Content-Encoding: aes128gcm\0".utf8),
            outputByteCount: 16)
        let nonce = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: material, salt: salt, info: Data("Content-Encoding: nonce\0".utf8), outputByteCount: 12
        ).withUnsafeBytes { Data($0) }
        // 2 delimits the last record, which is the only one.
        let padded = message + Data([2]) + Data(repeating: 0, count: padding)
        let sealed = try AES.GCM.seal(padded, using: contentKey, nonce: AES.GCM.Nonce(data: nonce))
        var body = salt
        body.append(contentsOf: withUnsafeBytes(of: UInt32(recordSize).bigEndian) { Array($0) })
        body.append(UInt8(ours.count))
        body.append(ours)
        body.append(sealed.ciphertext)
        body.append(sealed.tag)
        return body
    }
}
