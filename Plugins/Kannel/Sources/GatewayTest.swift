import Foundation
import PatchbaySDK

/// Tries the way to Kannel and back as an administrator would set it up: reach, sign in, webhook, token. Sends nothing.
struct GatewayTest: Sendable {
    let http: any OutboundHTTP
    let settings: KannelSettings
    let access: GatewayAccess

    private static let wrongToken = "self-test-with-a-wrong-token"

    func run() async -> [Diagnosis] {
        let out = await gateway()
        return out + (await webhook())
    }

    // MARK: Out

    private func gateway() async -> [Diagnosis] {
        let answer: OutboundAnswer
        do { answer = try await http.send(SendSMS.requestWithoutReceiver(settings: settings)) } catch {
            return [
                Diagnosis(
                    "Gateway", .bad, "Kannel can't be reached: \(Self.sentence(of: error))",
                    mend:
                        "Look whether smsbox runs, at sendsms-port and sendsms-interface in kannel.conf, at the firewall, "
                        + "and at “url” in the settings.")
            ]
        }
        access.note(answer)
        let reached = Diagnosis("Gateway", .good, "Kannel's sendsms interface answers.")
        switch answer.status {
        case _ where SendSMS.refusesAccess(answer):
            return [
                reached,
                Diagnosis(
                    "Sign-in", .bad, "Kannel refuses the user \(settings.username) or the password.",
                    mend: "Give username and password of Kannel's “group = sendsms-user”; look at user-deny-ip and "
                        + "user-allow-ip there as well."),
            ]
        case 400 where answer.text.localizedStandardContains("receiver"):
            return [reached, Diagnosis("Sign-in", .good, "The user \(settings.username) is accepted.")]
        case 404:
            return [
                Diagnosis(
                    "Gateway", .bad, "Kannel answers, but there is nothing at the address in “url”.",
                    mend: "It ends in /cgi-bin/sendsms unless kannel.conf says another sendsms-url.")
            ]
        default:
            return [
                Diagnosis(
                    "Gateway", .bad, "What answers at the gateway's address is not Kannel (status \(answer.status)).",
                    mend: "Correct “url” in the settings: host and sendsms-port of Kannel's group smsbox.")
            ]
        }
    }

    // MARK: In

    private func webhook() async -> [Diagnosis] {
        let refused: OutboundAnswer
        do { refused = try await ask(token: Self.wrongToken) } catch {
            return [
                Diagnosis(
                    "Webhook", .doubtful,
                    "The portal can't reach itself at \(settings.callbackURL): \(Self.sentence(of: error))",
                    mend: "That may be so if only Kannel can use that address. On Kannel's machine, "
                        + "curl -i \(settings.callbackURL)/hooks/kannel/inbound must answer 401; else correct "
                        + "“callbackURL”.")
            ]
        }
        guard refused.status == 401, refused.text.contains("kannel.wrong-token") else {
            return [
                Diagnosis(
                    "Webhook", .bad,
                    "At \(settings.callbackURL) something else answers than this plugin (status \(refused.status)).",
                    mend: "Correct “callbackURL”: the portal's own address as Kannel sees it, without a path."
                        + " A proxy in between must pass /hooks/ on.")
            ]
        }
        let verified = Diagnosis("Verification", .good, "A webhook with a wrong token is refused.")
        guard let known = try? await ask(token: settings.webhookToken), known.text.contains("kannel.id-missing") else {
            return [
                verified,
                Diagnosis(
                    "Webhook", .bad, "The webhook doesn't accept the token of the settings.",
                    mend: "A proxy may change the address's query; it must pass it on as it is."),
            ]
        }
        return [
            Diagnosis("Webhook", .good, "The webhook answers at \(settings.callbackURL) and accepts the token."),
            verified,
        ]
    }

    /// An inbound message without an id, which is never stored.
    private func ask(token: String) async throws -> OutboundAnswer {
        try await http.send(
            OutboundRequest(
                url: "\(settings.callbackURL)/hooks/kannel/inbound?token=\(token)", timeout: settings.timeout))
    }

    private static func sentence(of error: any Error) -> String {
        (error as? PortalError)?.message ?? "it could not be tried."
    }
}
