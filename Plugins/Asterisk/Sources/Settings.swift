import Foundation
import PatchbaySDK

/// How to reach Asterisk, and whose phones it has.
struct AsteriskSettings: Sendable {
    /// How the secret is shown.
    enum Login: String, Sendable {
        case md5, plain
    }

    let host: String
    let port: Int
    let security: StreamSecurity
    let username: String
    let secret: String
    let login: Login
    let domains: [DomainID: ServedDomain]
    /// How long leg 1 rings.
    let ringTime: Duration
    /// How long an answer is waited for.
    let patience: Duration
    let pingPause: Duration

    init(_ settings: Settings) throws(PortalError) {
        let url = try settings.string("url")
        guard let parts = URLComponents(string: url), let host = parts.host, let port = parts.port else {
            throw PortalError(
                .invalid, id: "asterisk.bad-address", "The address needs host and port, such as ami://127.0.0.1:5038.")
        }
        self.host = host.trimmingCharacters(in: ["[", "]"])
        self.port = port
        let serverName = try settings.string("serverName")
        let authorities = try settings.string("authorities")
        security =
            parts.scheme == "amis"
            ? .tls(
                serverName: serverName.isEmpty ? nil : serverName, authorities: authorities.isEmpty ? nil : authorities)
            : .plain
        username = try settings.string("username")
        secret = try settings.string("secret")
        login = Login(rawValue: try settings.string("login")) ?? .md5
        ringTime = .seconds(try settings.int("ringSeconds"))
        patience = .seconds(try settings.int("timeoutSeconds"))
        pingPause = .seconds(try settings.int("pingSeconds"))
        var domains: [DomainID: ServedDomain] = [:]
        for (name, json) in settings.json["domains"]?.object ?? [:] {
            let id = DomainID(rawValue: name)
            domains[id] = try ServedDomain(id, json)
        }
        self.domains = domains
    }
}
