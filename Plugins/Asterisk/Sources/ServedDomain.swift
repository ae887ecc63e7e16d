import PatchbaySDK

/// A domain whose phones this Asterisk has: how they are called there, and how they call.
struct ServedDomain: Sendable {
    let id: DomainID
    let endpoint: EndpointTemplate
    /// Where its users dial.
    let context: String
    /// Where there is a hint for every extension; nil to go by devices.
    let hints: String?
    /// How an outside number is dialled, with `{e164}` or `{digits}` in it.
    private let number: String
    let variables: [(name: String, value: String)]

    init(_ id: DomainID, _ json: JSON) throws(PortalError) {
        self.id = id
        endpoint = try EndpointTemplate(json["endpoint"]?.string ?? "PJSIP/{extension}", domain: id)
        context = json["context"]?.string ?? "default"
        hints = json["hints"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        number = json["number"]?.string ?? "{e164}"
        variables = (json["variables"]?.object ?? [:]).sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.string ?? "")
        }
        for variable in variables { try Self.check(variable.name, variable.value) }
    }

    /// What is dialled in `context` to reach `destination`.
    ///
    /// - Throws: `PortalError.invalid` (`asterisk.bad-destination`) for what no dial plan could mean.
    func dialled(_ destination: CallDestination) throws(PortalError) -> String {
        switch destination {
        case .number(let phone):
            return number.replacing("{e164}", with: phone.e164).replacing("{digits}", with: phone.e164.dropFirst())
        case .extension(let text):
            guard EndpointTemplate.isExtension(text) else {
                throw PortalError(
                    .invalid, id: "asterisk.bad-destination", "The phone system can't dial that extension.")
            }
            return text
        }
    }

    /// Commas and semicolons separate variables, and a backslash or a quote hides what separates.
    private static func check(_ name: String, _ value: String) throws(PortalError) {
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "=") }
        let isPlain = !(name + value).utf8.contains { $0 < 0x20 || ",;\\\"".utf8.contains($0) }
        guard isName, isPlain else {
            throw PortalError(
                .invalid, id: "asterisk.bad-variable",
                "The variable \"\(name)\" can't be set: neither name nor value may have commas, semicolons, quotes, "
                    + "backslashes or control characters in it.")
        }
    }
}
