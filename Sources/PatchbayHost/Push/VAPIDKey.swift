import Crypto
import Foundation
import PatchbaySDK

/// The key by which push services know this portal (RFC 8292). It lies in a file beside the store, not in the store.
public struct VAPIDKey: Sendable {
    /// How long a token is good for; the standard allows a day.
    private static let tokenLife: TimeInterval = 12 * 3600

    let key: P256.Signing.PrivateKey

    /// Reads the key at `path`; makes one, for its owner only, when there is none.
    ///
    /// - Throws: `PortalError.conflict` (`push.key-invalid`, `push.key-unwritable`).
    public init(at path: String) throws {
        let manager = FileManager.default
        if !manager.fileExists(atPath: path) { try Self.make(at: path) }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let key = try? P256.Signing.PrivateKey(pemRepresentation: text)
        else {
            throw PortalError(
                .conflict, id: "push.key-invalid",
                "The key of Web Push at \(path) can't be read. Bring it back from a backup, or remove the file: then"
                    + " browsers have to be subscribed anew.")
        }
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        self.key = key
    }

    init(key: P256.Signing.PrivateKey) { self.key = key }

    private static func make(at path: String) throws {
        let text = P256.Signing.PrivateKey().pemRepresentation + "\n"
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        let bytes = Array(text.utf8)
        guard file >= 0, write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0, close(file) == 0 else {
            throw PortalError(
                .conflict, id: "push.key-unwritable",
                "The key of Web Push can't be written to \(path). Let the portal write in that folder.")
        }
    }

    /// What browsers subscribe with: the point, base64url.
    public var publicKey: String { key.publicKey.x963Representation.base64URL }

    /// The header `Authorization` for a push service (RFC 8292 §3).
    func authorization(for origin: String, subject: String, at now: Date) throws -> String {
        let claims: JSON = [
            "aud": .string(origin), "exp": .int(Int(now.addingTimeInterval(Self.tokenLife).timeIntervalSince1970)),
            "sub": .string(subject),
        ]
        let header: JSON = ["alg": "ES256", "typ": "JWT"]
        let signed = Data(header.utf8).base64URL + "." + Data(claims.utf8).base64URL
        let signature = try key.signature(for: Data(signed.utf8)).rawRepresentation.base64URL
        // Without a blank after the comma: not every service reads one.
        return "vapid t=\(signed).\(signature),k=\(publicKey)"
    }
}
