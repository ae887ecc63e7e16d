import Foundation
import PatchbaySDK

/// How to reach the mail server, and what is told to whom.
struct EmailSettings: Sendable {
    /// How the connection is kept from others.
    enum Security: Sendable {
        case none
        /// TLS once the server has agreed (RFC 3207); never without.
        case startTLS
        /// From the first byte (RFC 8314).
        case tls
    }

    let host: String
    let port: Int
    let security: Security
    /// Empty when the portal doesn't sign in.
    let username: String
    let password: String
    let authorities: String?
    let serverName: String?
    let from: Mailbox
    let fromName: String
    /// Without a slash at the end.
    let publicURL: String
    let isOnByDefault: Bool
    let after: Duration
    let pause: Duration
    let showsTexts: Bool
    let linkLifetime: Duration
    let language: Language
    /// Before a message that was refused for now is tried again; doubled each time.
    let retry: Duration
    /// How long an answer is waited for.
    let patience: Duration

    /// - Throws: `PortalError.invalid` for settings that contradict each other.
    init(_ settings: Settings) throws(PortalError) {
        let url = try settings.string("url")
        guard let parts = URLComponents(string: url), let host = parts.host, let port = parts.port, port <= 65_535
        else {
            throw Self.contradiction("url needs host and port, such as smtp://relay.example:587.")
        }
        self.host = host.trimmingCharacters(in: ["[", "]"])
        self.port = port
        let wantsTLS = try settings.bool("startTLS")
        security = parts.scheme == "smtps" ? .tls : wantsTLS ? .startTLS : .none
        username = try settings.string("username")
        password = settings.json["password"]?.string ?? ""
        guard username.isEmpty == password.isEmpty else {
            throw Self.contradiction("username and password belong together: give both, or neither.")
        }
        if security == .none, !username.isEmpty, !Self.isLoopback(self.host) {
            throw Self.contradiction(
                "A password travels by TLS only: set startTLS to true, use smtps://, or leave username and password out."
            )
        }
        let authorities = try settings.string("authorities")
        self.authorities = authorities.isEmpty ? nil : authorities
        let serverName = try settings.string("serverName")
        self.serverName = serverName.isEmpty ? nil : serverName
        guard let from = Mailbox(try settings.string("from")) else {
            throw Self.contradiction("from must be an e-mail address, such as portal@harbor.example.")
        }
        self.from = from
        fromName = try settings.string("fromName")
        publicURL = String(try settings.string("publicURL").trimmingSuffix("/"))
        isOnByDefault = try settings.bool("onByDefault")
        after = .seconds(try settings.double("afterMinutes") * 60)
        pause = .seconds(try settings.double("pauseMinutes") * 60)
        showsTexts = try settings.bool("showsTexts")
        linkLifetime = .seconds(try settings.int("linkDays") * 24 * 3600)
        language = Language(rawValue: try settings.string("language")) ?? .en
        retry = .seconds(try settings.double("retrySeconds"))
        patience = .seconds(try settings.int("timeoutSeconds"))
    }

    /// How often it is looked for messages that have waited long enough: soon enough that nobody waits much longer.
    var tick: Duration { min(.seconds(30), max(.seconds(1), after / 4)) }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    private static func contradiction(_ sentence: String) -> PortalError {
        PortalError(.invalid, id: "settings.contradiction", sentence)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: Character) -> Substring {
        last == suffix ? dropLast() : self[...]
    }
}
