import PatchbaySDK

/// Signs in to the manager interface, and finds out whether the user may do what the plugin needs.
struct SignIn: Sendable {
    let settings: AsteriskSettings
    let cryptography: any Cryptography

    /// What the plugin asks for, and the class of `write` in manager.conf that allows it.
    static let needed = [
        ("Originate", "originate"), ("Hangup", "call"), ("DeviceStateList", "call"), ("ExtensionStateList", "call"),
        ("Status", "call"),
    ]

    /// - Throws: `PortalError.unavailable` (`asterisk.refused`) when Asterisk doesn't accept user or secret.
    func signIn(_ session: AMISession) async throws {
        var login = AMIAction("Login")
        if settings.login == .md5 {
            var challenge = AMIAction("Challenge")
            try challenge.add("AuthType", "MD5")
            guard let question = try await session.perform(challenge)["Challenge"] else {
                throw Self.failure(
                    "asterisk.refused",
                    "The phone system offers no MD5 challenge; use TLS and set \"login\" to \"plain\".")
            }
            try login.add("AuthType", "MD5")
            try login.add("Username", settings.username)
            try login.add("Key", cryptography.hexDigest(question + settings.secret, .md5))
        } else {
            try login.add("Username", settings.username)
            try login.add("Secret", settings.secret)
        }
        // Of all that happens in a busy PBX only calls are followed.
        try login.add("Events", "call")
        guard try await session.perform(login).isSuccess else {
            throw Self.failure(
                "asterisk.refused",
                "The phone system refuses the portal's user name, secret or address. \(mend)")
        }
    }

    /// What to look at when signing in fails.
    var mend: String {
        "Look at secret, deny and permit of [\(settings.username)] in manager.conf, then \"manager reload\"."
    }

    /// - Throws: `PortalError.unavailable` (`asterisk.permission`) with what is missing in manager.conf.
    func checkRights(_ session: AMISession) async throws {
        let allowed = try await session.perform(AMIAction("ListCommands"))
        let missing = Self.needed.filter { allowed[$0.0] == nil }
        guard missing.isEmpty else {
            let classes = Set(missing.map(\.1)).sorted().joined(separator: ",")
            throw Self.failure(
                "asterisk.permission",
                "The portal may not use \(missing.map(\.0).joined(separator: ", ")): add \"\(classes)\" to \"write =\" of "
                    + "[\(settings.username)] in manager.conf, then \"manager reload\".")
        }
    }

    /// Lets something fail in Asterisk that rings nowhere, to see whether the portal is told.
    ///
    /// - Throws: `PortalError.unavailable` (`asterisk.permission`) when it isn't: `read` then lacks `call`.
    func checkEvents(_ session: AMISession) async throws {
        var probe = AMIAction("Originate")
        try probe.add("Channel", "Local/probe@patchbay-probe/n")
        try probe.add("Application", "NoOp")
        try probe.add("Async", "true")
        do {
            let told = try await session.perform(probe, untilEvent: "OriginateResponse")
            if told.event == nil {
                throw Self.failure(
                    "asterisk.permission", "The phone system refuses to place calls: \(told["Message"] ?? "no reason")."
                )
            }
        } catch let error as PortalError where error.id == "asterisk.silent" {
            throw Self.failure(
                "asterisk.permission",
                "The phone system doesn't tell the portal what happens: add \"call\" to \"read =\" of "
                    + "[\(settings.username)] in manager.conf, then \"manager reload\".")
        }
    }

    private static func failure(_ id: String, _ message: String) -> PortalError {
        PortalError(.unavailable(retryAfter: .seconds(30)), id: id, message)
    }
}
