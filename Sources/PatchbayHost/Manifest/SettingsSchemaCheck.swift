import Foundation
import PatchbaySDK

/// Checks the settings schema of a `plugin.json` beyond what the published schema can say: patterns that are none,
/// required settings that don't exist, defaults that the schema itself refuses.
struct SettingsSchemaCheck {
    let schema: JSON
    let file: CheckedFile

    func run() throws(Decline) { try check(schema, at: "/settings") }

    private func check(_ schema: JSON, at place: String) throws(Decline) {
        if let pattern = schema["pattern"]?.string, (try? NSRegularExpression(pattern: pattern)) == nil {
            throw file.decline(at: place + "/pattern", because: "it is no regular expression")
        }
        if let preset = schema["default"], let fault = Schema(schema).faults(in: preset).first {
            throw file.decline(at: place + "/default", because: fault.description)
        }
        let properties = schema["properties"]?.object ?? [:]
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where properties[name] == nil {
            throw file.decline(at: place + "/required", because: "there is no setting “\(name)”")
        }
        for (name, property) in properties.sorted(by: { $0.key < $1.key }) {
            try check(property, at: "\(place)/properties/\(name)")
        }
        for key in ["items", "additionalProperties"] {
            if let inner = schema[key], inner.object != nil { try check(inner, at: "\(place)/\(key)") }
        }
        for key in ["oneOf", "anyOf"] {
            for (index, inner) in (schema[key]?.array ?? []).enumerated() {
                try check(inner, at: "\(place)/\(key)/\(index)")
            }
        }
    }
}
