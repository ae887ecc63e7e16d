import Foundation
import PatchbaySDK

/// Addresses in e-mails that nobody can make up: what they say is signed (HMAC-SHA-256) and ends some day. They sign
/// nobody in: whoever follows one still needs the portal's password to read anything.
struct Links: Sendable {
    /// What a link is for.
    enum Purpose: String, Sendable {
        /// Leads to a conversation.
        case open
        /// Stops the e-mails, or starts them again.
        case stop
    }

    /// What a link says.
    struct Claim: Sendable, Equatable {
        let purpose: Purpose
        let domain: DomainID
        let user: UserID
        /// Of `open` only.
        let conversation: ConversationID?
        let expiresAt: Date
    }

    /// Why a link is of no use.
    enum Fault: Error {
        /// Cut off, changed, for something else, or never ours.
        case broken
        case over(Claim)
    }

    /// How long the e-mails can be stopped by a link, whatever `linkDays` says: who finds an old e-mail wants it most.
    static let stopLifetime = Duration.seconds(60 * 24 * 3600)

    private static let longestToken = 1024

    let secret: [UInt8]
    let cryptography: any Cryptography
    let clock: any PortalClock

    func token(_ claim: Claim) -> String {
        let said = [
            claim.purpose.rawValue, String(Int(claim.expiresAt.timeIntervalSince1970)), claim.domain.rawValue,
            claim.user.rawValue, claim.conversation?.rawValue ?? "",
        ].joined(separator: "\n")
        return Self.base64URL(Array(said.utf8)) + "." + Self.base64URL(signature(of: Array(said.utf8)))
    }

    /// - Throws: `Fault`; everything that isn't ours looks the same.
    func claim(in token: String, for purpose: Purpose) throws(Fault) -> Claim {
        let halves = token.utf8.count <= Self.longestToken ? token.split(separator: ".").map(String.init) : []
        guard halves.count == 2, let said = Self.bytes(base64URL: halves[0]),
            let signature = Self.bytes(base64URL: halves[1]),
            cryptography.isEqual(signature, self.signature(of: said))
        else { throw .broken }
        let parts = String(decoding: said, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 5, parts[0] == purpose.rawValue, let seconds = Int(parts[1]) else { throw .broken }
        let claim = Claim(
            purpose: purpose, domain: DomainID(rawValue: parts[2]), user: UserID(rawValue: parts[3]),
            conversation: parts[4].isEmpty ? nil : ConversationID(rawValue: parts[4]),
            expiresAt: Date(timeIntervalSince1970: TimeInterval(seconds)))
        guard clock.now < claim.expiresAt else { throw .over(claim) }
        return claim
    }

    private func signature(of bytes: [UInt8]) -> [UInt8] {
        cryptography.authenticationCode(for: bytes, key: secret, .sha256)
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(base64URL text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ isBase64URL($0) }) else { return nil }
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        let padded = base64 + String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded) else { return nil }
        // One text a token: bits that nobody reads must not be free.
        let bytes = Array(data)
        return base64URL(bytes) == text ? bytes : nil
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            || byte == 0x5F
    }
}
