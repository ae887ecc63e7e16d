import Crypto
import Foundation
import PatchbaySDK

/// A key of somebody whose pages may sign people in here.
struct EmbeddingKey: Sendable {
    /// How tokens are signed; what a token itself says of it is only compared.
    enum Verifier: Sendable {
        case es256(P256.Signing.PublicKey)
        case hs256(SymmetricKey)

        /// As the token's header says it.
        var algorithm: String {
            switch self {
            case .es256: "ES256"
            case .hs256: "HS256"
            }
        }

        func isValid(_ signature: Data, for signed: Data) -> Bool {
            switch self {
            case .es256(let key):
                guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
                    return false
                }
                return key.isValidSignature(signature, for: signed)
            case .hs256(let key):
                return HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: key)
            }
        }
    }

    /// The least that a shared secret has, in bytes (RFC 7518 §3.2).
    static let leastSecretBytes = 32

    let issuer: String
    /// The header's `kid`; `nil` for a key that tokens don't name.
    let name: String?
    let verifier: Verifier
    /// The domains whose people it may sign in; all for `nil`.
    let domains: Set<DomainID>?

    /// - Parameters:
    ///   - json: An entry of the manifest that its schema has found valid.
    ///   - text: The key itself.
    /// - Throws: `Decline` (`embedding.key-invalid`) naming the place, never the key.
    init(_ json: JSON, key text: String, at place: String) throws(Decline) {
        issuer = json["issuer"]?.string ?? ""
        name = json["keyId"]?.string
        domains = json["domains"]?.array.map { Set($0.compactMap { $0.string.map(DomainID.init(rawValue:)) }) }
        if json["algorithm"]?.string == "ES256" {
            guard let key = try? P256.Signing.PublicKey(pemRepresentation: text) else {
                throw Self.invalid(place, "a public key of the curve P-256 in PEM")
            }
            verifier = .es256(key)
        } else {
            guard text.utf8.count >= Self.leastSecretBytes else {
                throw Self.invalid(place, "a secret of at least \(Self.leastSecretBytes) bytes")
            }
            verifier = .hs256(SymmetricKey(data: Data(text.utf8)))
        }
    }

    static func invalid(_ place: String, _ wanted: String) -> Decline {
        Decline(
            id: "embedding.key-invalid", "The key at \(place) in manifest.json can't be used.",
            mend: "Put \(wanted) there.")
    }
}
