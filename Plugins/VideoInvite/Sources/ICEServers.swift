import Foundation
import PatchbaySDK

/// The STUN and TURN servers that browsers may use to reach each other.
///
/// TURN's credentials live for a while only: the user name is the Unix time of their end, a colon and the user, the
/// password the HMAC-SHA1 of it in Base64 (draft-uberti-behave-turn-rest-00, `use-auth-secret` of coturn).
struct ICEServers: Sendable {
    let stun: [String]
    let turn: [String]
    let secret: String?
    let lifetimeInSeconds: Int
    let isRelayOnly: Bool

    /// - Throws: `PortalError.invalid` (`settings.contradiction`) for TURN without its secret.
    init(_ settings: Settings) throws(PortalError) {
        stun = settings.json["stunURLs"]?.array?.compactMap(\.string) ?? []
        turn = settings.json["turnURLs"]?.array?.compactMap(\.string) ?? []
        secret = settings.json["turnSecret"]?.string
        lifetimeInSeconds = try settings.int("turnCredentialMinutes") * 60
        isRelayOnly = try settings.bool("relayOnly")
        guard turn.isEmpty || secret != nil else {
            throw PortalError(
                .invalid, id: "settings.contradiction",
                "turnURLs need turnSecret, the static-auth-secret of the TURN server.")
        }
    }

    /// In the form of `RTCConfiguration` (W3C WebRTC 1.0 §4.2.1).
    func configuration(for person: String, now: Date, _ cryptography: any Cryptography) -> JSON {
        var servers: [JSON] = []
        if !stun.isEmpty { servers.append(["urls": .array(stun.map(JSON.string))]) }
        if !turn.isEmpty, let secret {
            let name = "\(Int(now.timeIntervalSince1970) + lifetimeInSeconds):\(person)"
            let code = cryptography.authenticationCode(for: Array(name.utf8), key: Array(secret.utf8), .sha1)
            servers.append([
                "urls": .array(turn.map(JSON.string)), "username": .string(name),
                "credential": .string(Data(code).base64EncodedString()),
            ])
        }
        return ["iceServers": .array(servers), "iceTransportPolicy": isRelayOnly ? "relay" : "all"]
    }
}
