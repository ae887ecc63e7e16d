import Foundation
import PatchbaySDK
import Synchronization

extension EmailDigestPlugin: SelfTest {
    /// Tries connection, TLS, sign-in and the sender's address; sends nothing.
    public func selfTest(of phone: TestedPhone?) async -> [Diagnosis] {
        await ServerTest(context: context, settings: settings, server: server).run(sendingTo: nil)
    }
}

/// Tries the mail server as an administrator would set it up, and says in words what it refused.
struct ServerTest: Sendable {
    let context: PluginContext
    let settings: EmailSettings
    let server: MailServer

    /// So that the whole test is done in the 20 seconds that it may take.
    private static let patience = Duration.seconds(4)

    /// - Parameter to: Where to send an e-mail as well; `nil` to send none.
    func run(sendingTo to: Mailbox?) async -> [Diagnosis] {
        let findings = Mutex<[Diagnosis]>([])
        let place = "\(settings.host):\(settings.port)"
        do {
            let session = try await server.open(patience: min(Self.patience, settings.patience)) { stage in
                findings.withLock { $0.append(diagnosis(stage, place)) }
            }
            do {
                try await session.trySender(settings.from)
                findings.withLock {
                    $0.append(Diagnosis("Sender", .good, "The server takes e-mails from \(settings.from.text)."))
                }
                if let to {
                    let words = try await session.send(try message(to: to))
                    findings.withLock {
                        $0.append(Diagnosis("E-mail", .good, "The server has taken an e-mail to \(to.text): \(words)"))
                    }
                }
            } catch {
                await session.drop()
                throw error
            }
            await session.end()
        } catch {
            let trouble = MailServer.trouble(error) as? PortalError
            findings.withLock {
                $0.append(
                    Diagnosis(
                        Self.subject(of: error, after: $0), .bad, trouble?.message ?? "It could not be tried.",
                        mend: trouble?.details["mend"]))
            }
        }
        return findings.withLock { $0 }
    }

    private func diagnosis(_ stage: MailServer.Stage, _ place: String) -> Diagnosis {
        switch stage {
        case .connected: Diagnosis("Connection", .good, "A mail server answers at \(place).")
        case .secured: Diagnosis("TLS", .good, "The server's certificate is as it should be.")
        case .signedIn: Diagnosis("Sign-in", .good, "The user \(settings.username) is accepted.")
        }
    }

    private static func subject(of error: any Error, after findings: [Diagnosis]) -> String {
        if (error as? PortalError)?.id == "outbound.tls" { return "TLS" }
        return switch (error as? SMTPRefusal)?.step {
        case .startTLS: "TLS"
        case .signIn: "Sign-in"
        case .sender: "Sender"
        case .recipient, .content: "E-mail"
        case .greeting, .hello: "Connection"
        case nil: findings.isEmpty ? "Connection" : "Talk"
        }
    }

    private func message(to: Mailbox) throws -> MailMessage {
        let trial = settings.language.words.trial
        let id = Identifier<MailMessage>(at: context.clock.now)
        let paragraph = "<p>\(HTMLText.escaped(trial.text))</p>"
        return MailMessage(
            from: settings.from, fromName: settings.fromName.isEmpty ? "Patchbay" : settings.fromName, to: to,
            toName: "", subject: trial.subject, date: context.clock.now, timeZone: .gmt,
            id: "\(id)@\(settings.from.domain)", language: settings.language, unsubscribeURL: nil,
            text: trial.text + "\n",
            html: "<!doctype html>\n<html lang=\"\(settings.language.rawValue)\"><body>\(paragraph)</body></html>\n")
    }
}
