import Foundation
import PatchbaySDK

/// What a `plugin.json` says, as far as tests need it.
struct PluginDescription: Sendable {
    let id: String?
    /// The declared permissions with the scopes that have them by default.
    let permissions: [Permission: Set<Scope>]
    let events: Set<String>
    let settings: JSON

    /// Reads the text of a `plugin.json`; an empty text declares nothing.
    init(_ text: String) throws {
        let json = text.isEmpty ? [:] : try JSON(parsing: text)
        id = json["id"]?.string
        var permissions: [Permission: Set<Scope>] = [:]
        for permission in json["permissions"]?.array ?? [] {
            guard let name = permission["id"]?.string else { continue }
            let scopes = permission["scopes"]?.array?.compactMap(\.string).compactMap(Scope.init(rawValue:)) ?? []
            permissions[Permission(rawValue: name)] = Set(scopes)
        }
        self.permissions = permissions
        events = Set(json["events"]?.array?.compactMap(\.string) ?? [])
        settings = json["settings"] ?? [:]
    }

    /// The text of the `plugin.json` nearest to `file`, in its folder or one above it.
    static func text(near file: String) -> String? {
        var folder = URL(filePath: file).deletingLastPathComponent()
        while folder.pathComponents.count > 1 {
            if let text = try? String(contentsOf: folder.appending(path: "plugin.json"), encoding: .utf8) {
                return text
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
