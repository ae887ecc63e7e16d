import PatchbaySDK
import Synchronization

/// Tries the connection as an administrator would set it up: reach, sign in, rights, one phone. Rings nowhere.
struct LineTest: Sendable {
    private let context: PluginContext
    private let settings: AsteriskSettings
    private let signIn: SignIn

    init(context: PluginContext, settings: AsteriskSettings) {
        self.context = context
        self.settings = settings
        signIn = SignIn(settings: settings, cryptography: context.cryptography)
    }

    func run(_ phone: TestedPhone?) async -> [Diagnosis] {
        let place = "\(settings.host):\(settings.port)"
        let stream: any ByteStream
        do {
            stream = try await context.network.connect(
                to: settings.host, port: settings.port, security: settings.security, timeout: settings.patience)
        } catch {
            return [Diagnosis("Connection", .bad, Self.sentence(of: error), mend: connectionMend(error))]
        }
        let session = AMISession(stream: stream, clock: context.clock, patience: settings.patience)
        let states = DeviceStates()
        let findings = await withTaskGroup(of: [Diagnosis]?.self) { group in
            group.addTask {
                // Ends when the session is closed below; why doesn't matter any more then.
                try? await session.read {
                    states.take($0)
                } rest: {
                }
                return nil
            }
            group.addTask { await self.steps(session, phone, states, place) }
            var findings: [Diagnosis] = []
            for await part in group {
                guard let part else { continue }
                findings = part
                await session.close()
                group.cancelAll()
            }
            return findings
        }
        return findings
    }

    private func steps(
        _ session: AMISession, _ phone: TestedPhone?, _ states: DeviceStates, _ place: String
    ) async -> [Diagnosis] {
        var findings: [Diagnosis] = []
        do {
            let version = try await session.version()
            findings.append(
                Diagnosis("Connection", .good, "Asterisk's manager interface \(version) answers at \(place)."))
        } catch {
            return [Diagnosis("Connection", .bad, Self.sentence(of: error), mend: connectionMend(error))]
        }
        do {
            try await signIn.signIn(session)
            findings.append(Diagnosis("Sign-in", .good, "The user \(settings.username) is accepted."))
        } catch {
            return findings + [Diagnosis("Sign-in", .bad, Self.sentence(of: error), mend: signIn.mend)]
        }
        do {
            try await signIn.checkRights(session)
            try await signIn.checkEvents(session)
            findings.append(
                Diagnosis("Permissions", .good, "The user may place calls, hang up, and see calls and phones."))
        } catch {
            return findings + [
                Diagnosis(
                    "Permissions", .bad, Self.sentence(of: error),
                    mend: "[\(settings.username)] in manager.conf needs \"read = call\" and \"write = call,originate\"."
                )
            ]
        }
        if let phone { findings.append(await tryPhone(phone, session, states)) }
        return findings
    }

    private func tryPhone(_ phone: TestedPhone, _ session: AMISession, _ states: DeviceStates) async -> Diagnosis {
        guard let domain = settings.domains[phone.domain] else {
            return Diagnosis(
                "Phone", .bad, "The domain \(phone.domain) is not among those of this Asterisk.",
                mend: "Add it to \"domains\" in the plugin's settings.")
        }
        do {
            let device = try domain.endpoint.device(of: phone.extension)
            _ = try await session.performList(AMIAction("DeviceStateList"))
            switch states[device].map({ PhoneState(deviceState: $0) }) {
            case nil:
                return Diagnosis(
                    "Phone", .bad, "Asterisk knows no phone \(device).",
                    mend: "Add the endpoint to pjsip.conf, or mend \"endpoint\" of \(phone.domain) in the settings.")
            case .offline:
                return Diagnosis(
                    "Phone", .doubtful, "\(device) is known, but not registered.",
                    mend: "Look at the phone's network, user name and password.")
            case .unknown:
                return Diagnosis(
                    "Phone", .doubtful, "Asterisk doesn't say what \(device) is doing.",
                    mend: "Add a hint for it to the dial plan and set \"hints\" in the settings.")
            case .some(let state):
                return Diagnosis("Phone", .good, "\(device) is registered and \(state.rawValue).")
            }
        } catch {
            return Diagnosis("Phone", .bad, Self.sentence(of: error))
        }
    }

    private func connectionMend(_ error: any Error) -> String {
        switch (error as? PortalError)?.id {
        case "outbound.tls":
            "Put the certificate that signed Asterisk's into \"authorities\", and its name into \"serverName\"."
        case "outbound.host-not-declared": "Give the address with its port, such as ami://127.0.0.1:5038."
        default:
            "Look at enabled, bindaddr and port in manager.conf, at the firewall, and at \"url\" in the plugin's settings."
        }
    }

    private static func sentence(of error: any Error) -> String {
        (error as? PortalError)?.message ?? "It could not be tried."
    }
}

/// The states of all devices, as the snapshot gives them.
private final class DeviceStates: Sendable {
    private let states = Mutex<[String: String]>([:])

    subscript(device: String) -> String? { states.withLock { $0[device] } }

    func take(_ event: AMIMessage) {
        guard event.event == "DeviceStateChange", let device = event["Device"], let state = event["State"] else {
            return
        }
        states.withLock { $0[device] = state }
    }
}
