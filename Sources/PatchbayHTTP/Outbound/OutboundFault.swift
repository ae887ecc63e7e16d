import PatchbaySDK

/// What goes wrong on the way out, in words.
enum OutboundFault {
    static let unreachable = failure("outbound.unreachable", "The other side can't be reached.")
    static let tooLate = failure("outbound.timeout", "The other side didn't answer in time.")
    static let tooLarge = failure("outbound.answer-too-large", "The other side's answer is too large.")

    static func undeclared(_ host: String) -> PortalError {
        PortalError(
            .forbidden, id: "outbound.host-not-declared",
            "The plugin may not reach that host; declare it under outboundHosts in its plugin.json.",
            details: ["host": String(host.prefix(120))])
    }

    /// - Parameter canBeAllowed: Whether the operator could allow it.
    static func leadsInside(_ name: String, canBeAllowed: Bool) -> PortalError {
        let mend =
            canBeAllowed
            ? "If it shall, add it to “privateHosts” of the plugin in manifest.json, or write the address instead of the name."
            : "Mend the name server, or write the address instead of the name."
        return PortalError(
            // Messages wait meanwhile: it is mended by the operator, or by a name server that has come to its senses.
            .unavailable(retryAfter: .seconds(30)), id: "outbound.private-address",
            "The name “\(name)” leads to an address that isn't on the internet. \(mend)", details: ["host": name])
    }

    private static func failure(_ id: String, _ message: String) -> PortalError {
        PortalError(.unavailable(retryAfter: .seconds(10)), id: id, message)
    }
}
