import Foundation
import PatchbaySDK

/// A plugin's settings as an administrator may see them: what counts now, where it comes from, and no secret.
struct SettingsSheet {
    let survey: PluginSurvey
    /// With who has changed what.
    let overrides: PluginOverrides
    let description: PluginDescription
    let entry: PluginEntry

    /// Those that must be given first, in their order; then the others by name.
    var json: JSON {
        let schemas = description.settings["properties"]?.object ?? [:]
        let required = (description.settings["required"]?.array ?? []).compactMap(\.string)
        let names = required + schemas.keys.filter { !required.contains($0) }.sorted()
        return .array(
            names.compactMap { name in schemas[name].map { row(name, $0, isRequired: required.contains(name)) } })
    }

    private func row(_ name: String, _ schema: JSON, isRequired: Bool) -> JSON {
        let changed = overrides.settings[entry.id]?[name]
        let written = entry.settings.object?[name]
        let preset = schema.object?["default"]
        let origin = changed != nil ? "portal" : written != nil ? "manifest" : preset != nil ? "default" : "none"
        let value = changed?.value ?? written ?? preset ?? .null
        let reference = SecretReference(value, seenFrom: survey.admission.resolver.place)
        return [
            "name": .string(name), "schema": Self.shown(schema), "isRequired": .bool(isRequired),
            "isSecret": .bool(schema["writeOnly"] == true), "origin": .string(origin),
            "value": reference == nil ? Self.redacted(value, by: schema) : .null,
            "reference": reference.map { json(of: $0, at: name) } ?? .null, "isInManifest": .bool(written != nil),
            "changedAt": JSON(changed?.at.rfc3339), "changedBy": JSON(changed?.by),
        ]
    }

    private func json(of reference: SecretReference, at name: String) -> JSON {
        let environment = survey.admission.resolver.environment
        let found = Result { () throws(Decline) in
            try reference.value(environment: environment, of: entry.id, at: "/\(name)")
        }
        let (kind, text) =
            switch reference {
            case .environment(let name): ("env", name)
            case .file(let path): ("file", path)
            }
        var objection: String?
        if case .failure(let decline) = found { objection = decline.mend }
        return [
            "kind": .string(kind), "name": .string(text), "isFound": .bool(objection == nil), "mend": JSON(objection),
        ]
    }

    /// The schema without the default of a secret, which has none to show.
    private static func shown(_ schema: JSON) -> JSON {
        guard schema["writeOnly"] == true, var members = schema.object else { return schema }
        members["default"] = nil
        return .object(members)
    }

    /// The value with every secret left out, however deep it lies.
    static func redacted(_ value: JSON, by schema: JSON) -> JSON {
        if schema["writeOnly"] == true { return .null }
        switch value {
        case .object(let members):
            return .object(
                members.reduce(into: [:]) { shown, member in
                    let inner = schema["properties"]?[member.key] ?? schema["additionalProperties"] ?? [:]
                    guard inner["writeOnly"] != true || member.value.object != nil else { return }
                    shown[member.key] = inner["writeOnly"] == true ? member.value : redacted(member.value, by: inner)
                })
        case .array(let values): return .array(values.map { redacted($0, by: schema["items"] ?? [:]) })
        default: return value
        }
    }
}
