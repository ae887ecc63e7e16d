import Foundation
import PatchbaySDK

/// What another portal's server vouches for, by a signed token (a JWT, RFC 7519) that it makes for one sign-in.
public struct EmbedToken: Sendable, Equatable {
    /// The longest that a token may be good for.
    static let longestLife: TimeInterval = 600
    /// How far clocks may differ.
    static let leeway: TimeInterval = 30
    private static let mostBytes = 8_192

    let issuer: String
    /// `jti`: each is taken once.
    let id: String
    /// `sub`: how the user signs in here, `1001@harbor.example` or an e-mail address.
    let login: String
    let expiresAt: Date
    /// The domains that the issuer may vouch for; all for `nil`.
    let domains: Set<DomainID>?

    /// Verifies a token.
    ///
    /// - Throws: `PortalError.unauthenticated` `embed.token-invalid` or, of one that was signed well,
    ///   `embed.token-expired`, `embed.token-early`, `embed.token-too-long`.
    public init(_ text: String, by settings: EmbeddingSettings, at now: Date) throws(PortalError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.mostBytes, parts.count == 3,
            let header = Self.json(parts[0]), let claims = Self.json(parts[1]),
            let signature = Data(base64URL: String(parts[2]))
        else { throw Self.invalid }
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        let issuer = claims["iss"]?.string ?? ""
        // The key decides on the algorithm; `crit` asks for what nobody here knows (RFC 7515 §4.1.11).
        let key = settings.keys.first { key in
            key.issuer == issuer && key.verifier.algorithm == header["alg"]?.string
                && (key.name == nil || key.name == header["kid"]?.string) && header["crit"] == nil
                && key.verifier.isValid(signature, for: signed)
        }
        guard let key, Self.audiences(claims).contains(settings.audience), let expiry = claims["exp"]?.double,
            let id = claims["jti"]?.string, (1...128).contains(id.utf8.count),
            let login = claims["sub"]?.string, (1...320).contains(login.utf8.count)
        else { throw Self.invalid }
        let moment = now.timeIntervalSince1970
        guard moment < expiry + Self.leeway else {
            throw Self.refusal("embed.token-expired", "This sign-in has run out. Load the page anew.")
        }
        guard expiry - moment <= Self.longestLife + Self.leeway else {
            throw Self.refusal(
                "embed.token-too-long", "A sign-in token may be good for \(Int(Self.longestLife)) seconds at most.")
        }
        let beginnings = [claims["nbf"], claims["iat"]].compactMap { $0?.double }
        guard beginnings.allSatisfy({ $0 <= moment + Self.leeway }) else {
            throw Self.refusal("embed.token-early", "This sign-in isn't good yet. Check the clocks of both servers.")
        }
        self.issuer = issuer
        self.id = id
        self.login = login
        expiresAt = Date(timeIntervalSince1970: expiry)
        domains = key.domains
    }

    private static func json(_ part: Substring) -> JSON? {
        Data(base64URL: String(part)).flatMap { try? JSON(parsing: $0) }
    }

    private static func audiences(_ claims: JSON) -> [String] {
        claims["aud"]?.string.map { [$0] } ?? claims["aud"]?.array?.compactMap(\.string) ?? []
    }

    static let invalid = refusal("embed.token-invalid", "This sign-in can't be used. Ask whoever runs the page.")

    static func refusal(_ id: String, _ sentence: String) -> PortalError {
        PortalError(.unauthenticated, id: id, sentence)
    }
}
