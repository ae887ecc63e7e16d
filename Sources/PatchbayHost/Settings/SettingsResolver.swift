import Foundation
import PatchbaySDK

/// Turns what `manifest.json` says into a plugin's settings: secrets looked up, schema checked, defaults filled in.
struct SettingsResolver {
    let environment: [String: String]
    /// Where `$file` paths are seen from: the manifest's folder.
    let place: Place

    /// The settings of `entry` by the schema in `description`.
    ///
    /// - Throws: `Decline` (`settings.invalid`, `settings.unknown-key`, `settings.secret-in-manifest`,
    ///   `settings.env-missing`, `settings.file-missing`).
    func settings(of entry: PluginEntry, by description: PluginDescription) throws(Decline) -> Settings {
        let schema = Schema(description.settings)
        let complete = schema.fillingDefaults(in: .object(try resolved(entry, by: description)))
        if let fault = schema.faults(in: complete).first {
            let isChanged = entry.overridden.contains { fault.place == "/\($0)" || fault.place.hasPrefix("/\($0)/") }
            let place = isChanged ? "as changed in the portal" : "in manifest.json"
            throw Decline(
                id: "settings.invalid", "The settings of “\(entry.id)” \(place) are not right: \(fault).",
                mend: "Correct them by the schema in \(CheckedFile.shortName(of: description.folder + "/plugin.json"))."
            )
        }
        return Settings(complete)
    }

    /// What is written, with references looked up, and nothing checked or filled in.
    ///
    /// - Throws: `Decline` (`settings.unknown-key`, `settings.secret-in-manifest`, `settings.env-missing`,
    ///   `settings.file-missing`).
    func resolved(_ entry: PluginEntry, by description: PluginDescription) throws(Decline) -> [String: JSON] {
        let schemas = description.settings["properties"]?.object ?? [:]
        var resolved: [String: JSON] = [:]
        for (key, value) in (entry.settings.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            if let schema = schemas[key] {
                resolved[key] = try resolve(value, by: schema, of: entry.id, at: "/\(key)")
            } else if !entry.overridden.contains(key) {
                throw unknown(key, of: entry.id)
            }
            // Else a version before had the setting: a change in the portal must not decline the new one.
        }
        return resolved
    }

    private func resolve(
        _ value: JSON, by schema: JSON, of plugin: PluginID, at place: String
    ) throws(Decline) -> JSON {
        if let reference = SecretReference(value, seenFrom: self.place) {
            return typed(try reference.value(environment: environment, of: plugin, at: place), by: schema)
        }
        if schema["writeOnly"] == true {
            throw Decline(
                id: "settings.secret-in-manifest",
                "The setting \(place) of “\(plugin)” is a secret and must not stand in manifest.json.",
                mend: "Write {\"$env\": \"NAME\"} or {\"$file\": \"path\"} there instead, and change the secret.")
        }
        switch value {
        case .object(let members):
            var resolved: [String: JSON] = [:]
            for (key, inner) in members.sorted(by: { $0.key < $1.key }) {
                let schema = schema["properties"]?[key] ?? .object([:])
                resolved[key] = try resolve(inner, by: schema, of: plugin, at: "\(place)/\(key)")
            }
            return .object(resolved)
        case .array(let values):
            var resolved: [JSON] = []
            for (index, inner) in values.enumerated() {
                let schema = schema["items"] ?? .object([:])
                resolved.append(try resolve(inner, by: schema, of: plugin, at: "\(place)/\(index)"))
            }
            return .array(resolved)
        default: return value
        }
    }

    /// Environment variables and files hold text; where the schema wants something else, the text is its JSON.
    private func typed(_ text: String, by schema: JSON) -> JSON {
        guard let type = schema["type"], type != "string" else { return .string(text) }
        return (try? JSON(parsing: text)) ?? .string(text)
    }

    private func unknown(_ key: String, of plugin: PluginID) -> Decline {
        Decline(
            id: "settings.unknown-key", "manifest.json gives “\(plugin)” a setting that it doesn't have: /\(key).",
            mend: "Remove /\(key) from its settings, or correct the spelling.")
    }
}
