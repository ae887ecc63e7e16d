import Foundation
import PatchbaySDK

/// The mail server of the settings: opens talks with it, and knows what its troubles mean.
struct MailServer: Sendable {
    /// What has succeeded on the way to a talk that messages can be handed over in.
    enum Stage: Sendable {
        case connected, secured, signedIn
    }

    private let context: PluginContext
    private let settings: EmailSettings

    init(context: PluginContext, settings: EmailSettings) {
        self.context = context
        self.settings = settings
    }

    /// Connects, secures and signs in, by the settings.
    ///
    /// - Parameters:
    ///   - patience: How long each answer is waited for; that of the settings unless given.
    ///   - passed: Called at each stage.
    /// - Throws: why there is no talk; ``trouble(_:)`` puts it in words.
    func open(
        patience: Duration? = nil, passed: @Sendable (Stage) -> Void = { _ in }
    ) async throws -> SMTPSession {
        let patience = patience ?? settings.patience
        let isTLS = settings.security == .tls
        let stream = try await context.network.connect(
            to: settings.host, port: settings.port,
            security: isTLS ? .tls(serverName: settings.serverName, authorities: settings.authorities) : .plain,
            timeout: min(patience, .seconds(30)))
        let session = SMTPSession(stream: stream, clock: context.clock, patience: patience)
        do {
            try await session.greet(as: name)
            passed(.connected)
            if settings.security == .startTLS {
                try await session.startTLS(
                    serverName: settings.serverName, authorities: settings.authorities, as: name)
            }
            if settings.security != .none { passed(.secured) }
            if !settings.username.isEmpty {
                try await session.signIn(settings.username, settings.password)
                passed(.signedIn)
            }
            return session
        } catch {
            await session.drop()
            throw error
        }
    }

    /// Tries everything but a message.
    ///
    /// - Throws: `PortalError` in words for the administrator.
    func check() async throws {
        do {
            let session = try await open()
            do {
                try await session.trySender(settings.from)
            } catch {
                await session.drop()
                throw error
            }
            await session.end()
        } catch {
            throw Self.trouble(error)
        }
    }

    /// Who we say we are: where people reach the portal, or its address in brackets.
    private var name: String {
        let host = URLComponents(string: settings.publicURL)?.host ?? "localhost"
        let address = host.trimmingCharacters(in: ["[", "]"])
        if address.contains(":") { return "[IPv6:\(address)]" }
        let isIPv4 = !address.contains { !$0.isNumber && $0 != "." }
        return isIPv4 ? "[\(address)]" : address
    }

    /// Whether an error concerns one message only, and the server is all right.
    static func concernsMessage(_ error: any Error) -> Bool { (error as? SMTPRefusal)?.concernsMessage ?? false }

    /// An error as the host shows it, with what to do about it.
    static func trouble(_ error: any Error) -> any Error {
        let (sentence, mend): (String, String?) =
            switch error {
            case let refusal as SMTPRefusal: (refusal.sentence, refusal.mend)
            case let fault as SMTPFault: (fault.sentence, nil)
            case let failure as PortalError where failure.id == "outbound.tls":
                (
                    failure.message,
                    "Put the certificate that signed the mail server's into \"authorities\", and its name into "
                        + "\"serverName\"; smtps:// is for port 465, smtp:// for 587."
                )
            case let failure as PortalError where failure.id.hasPrefix("outbound."):
                ("The mail server can't be reached: \(failure.message)", "Look at \"url\", and at the firewall.")
            default: ("", nil)
            }
        guard !sentence.isEmpty else { return error }
        return PortalError(
            .unavailable(retryAfter: .seconds(30)), id: "email.server-refuses", sentence,
            details: mend.map { ["mend": $0] } ?? [:])
    }
}
