/// A plugin's settings: what the operator wrote in `manifest.json` or on the administrator's page, secrets resolved.
public struct Settings: Sendable {
    /// The whole object, valid by the schema in `plugin.json`.
    public let json: JSON

    /// Takes settings that have been validated and have their defaults filled in.
    public init(_ json: JSON) { self.json = json }

    /// The text setting `key`; the schema must require it or give it a default.
    ///
    /// - Throws: `PortalError.invalid` (`settings.missing`) when it isn't there after all.
    public func string(_ key: String) throws(PortalError) -> String {
        guard let value = json[key]?.string else { throw missing(key) }
        return value
    }

    /// The whole-number setting `key`.
    ///
    /// - Throws: `PortalError.invalid` (`settings.missing`) when it isn't there.
    public func int(_ key: String) throws(PortalError) -> Int {
        guard let value = json[key]?.int else { throw missing(key) }
        return value
    }

    /// The number setting `key`.
    ///
    /// - Throws: `PortalError.invalid` (`settings.missing`) when it isn't there.
    public func double(_ key: String) throws(PortalError) -> Double {
        guard let value = json[key]?.double else { throw missing(key) }
        return value
    }

    /// The switch `key`.
    ///
    /// - Throws: `PortalError.invalid` (`settings.missing`) when it isn't there.
    public func bool(_ key: String) throws(PortalError) -> Bool {
        guard let value = json[key]?.bool else { throw missing(key) }
        return value
    }

    private func missing(_ key: String) -> PortalError {
        PortalError(.invalid, id: "settings.missing", "The setting \"\(key)\" is missing; give it in manifest.json.")
    }
}
