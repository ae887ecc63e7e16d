import Foundation
import PatchbaySDK

/// A setting that the manifest doesn't hold itself: `{"$env": "NAME"}` or `{"$file": "path"}`.
enum SecretReference: Equatable {
    case environment(String)
    /// An absolute path.
    case file(String)

    /// - Returns: `nil` when `json` is no reference.
    init?(_ json: JSON, seenFrom place: Place) {
        guard let members = json.object, members.count == 1 else { return nil }
        if let name = members["$env"]?.string {
            self = .environment(name)
        } else if let path = members["$file"]?.string {
            self = .file(place.path(path))
        } else {
            return nil
        }
    }

    /// The text behind the reference; a file's last line break is not part of it.
    ///
    /// - Throws: `Decline` (`settings.env-missing`, `settings.file-missing`) naming the variable or the file, never a
    ///   value.
    func value(
        environment: [String: String], of plugin: PluginID, at place: String
    ) throws(Decline) -> String {
        switch self {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw Decline(
                    id: "settings.env-missing",
                    "The setting \(place) of “\(plugin)” comes from the environment variable \(name), which is not set.",
                    mend: "Set \(name) where the portal is started, and start it again.")
            }
            return value
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else {
                throw Decline(
                    id: "settings.file-missing",
                    "The setting \(place) of “\(plugin)” comes from a file that can't be read: \(path).",
                    mend: "Put the secret into \(path) and let the portal's account read it.")
            }
            return text.hasSuffix("\n") ? String(text.dropLast()) : text
        }
    }
}
