import Foundation
import PatchbaySDK

/// Tries settings that an administrator has typed, each for itself, before anything is changed by them.
struct SettingsTrial {
    let resolver: SettingsResolver
    let description: PluginDescription
    /// As `manifest.json` has them: what stands there may be written here as well.
    let manifest: JSON

    /// Where secrets may lie that the browser names: whoever may change settings shall not read the whole disk by it.
    let secretFolders: [String]

    /// What is wrong, by JSON Pointer; empty when all can be used.
    func faults(in settings: [String: JSON]) -> [String: String] {
        let schemas = description.settings["properties"]?.object ?? [:]
        var faults: [String: String] = [:]
        for (name, value) in settings {
            guard let schema = schemas[name] else {
                faults["/\(name)"] = "“\(description.name)” has no such setting."
                continue
            }
            for (place, reason) in self.faults(in: value, of: name, by: schema) { faults["/\(name)\(place)"] = reason }
        }
        return faults
    }

    private func faults(in value: JSON, of name: String, by schema: JSON) -> [(place: String, reason: String)] {
        if let objection = objection(to: value, of: name, by: schema) { return [("", objection)] }
        let entry = PluginEntry(
            id: description.id, folder: description.folder, version: .any, sha256: nil, enabled: .on,
            settings: .object([name: value]), overridden: [name])
        do throws(Decline) {
            let resolved = try resolver.resolved(entry, by: description)[name] ?? .null
            let whole = Schema(schema)
            return whole.faults(in: whole.fillingDefaults(in: resolved)).map(\.placedAtMember)
        } catch {
            return [("", "\(error.reason) \(error.mend)")]
        }
    }

    private func objection(to value: JSON, of name: String, by schema: JSON) -> String? {
        guard value != manifest[name] else { return nil }
        let reference = SecretReference(value, seenFrom: resolver.place)
        if schema["writeOnly"] == true, reference == nil {
            return "A secret is never typed here: name an environment variable or a file that holds it."
        }
        if schema["writeOnly"] != true, value.holdsReference {
            return "Only a secret may come from the environment or a file when it is changed here."
        }
        if case .file(let path) = reference, !secretFolders.contains(where: { Self.isIn($0, path) }) {
            return "The file must lie below \(secretFolders.joined(separator: " or "))."
        }
        return nil
    }

    private static func isIn(_ folder: String, _ path: String) -> Bool {
        // A link may lead out of the folder.
        let real = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
        return real.hasPrefix(URL(filePath: folder).resolvingSymlinksInPath().standardizedFileURL.path + "/")
    }
}

extension Schema.Fault {
    /// A missing member is a fault of its own place, not of the object's: that is where a form has its field.
    var placedAtMember: (place: String, reason: String) {
        guard let name = reason.wholeMatch(of: /"([^"]+)" is missing/)?.output.1 else { return (place, reason) }
        return ("\(place)/\(name)", "must be given")
    }
}

extension JSON {
    /// Whether `{"$env": …}` or `{"$file": …}` stands anywhere in it.
    fileprivate var holdsReference: Bool {
        switch self {
        case .object(let members):
            members["$env"] != nil || members["$file"] != nil || members.values.contains(where: \.holdsReference)
        case .array(let values): values.contains(where: \.holdsReference)
        default: false
        }
    }
}
