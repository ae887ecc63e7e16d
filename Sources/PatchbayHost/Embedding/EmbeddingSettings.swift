import Foundation
import PatchbaySDK

/// Which other portals may show the dock in their pages, and how they prove who their user is.
public struct EmbeddingSettings: Sendable {
    /// The origins of their pages, such as `https://portal.example`, in lower case.
    public let origins: Set<String>
    /// What tokens must be made for.
    let audience: String
    let keys: [EmbeddingKey]

    /// Reads `embedding` of the manifest and looks its keys up; `nil` when nothing is embedded.
    ///
    /// - Throws: `Decline` (`settings.env-missing`, `settings.file-missing`, `embedding.key-invalid`).
    public init?(of manifest: Manifest, environment: [String: String]) throws(Decline) {
        guard let json = manifest.embedding else { return nil }
        origins = Set((json["origins"]?.array ?? []).compactMap { $0.string?.lowercased() })
        audience = json["audience"]?.string ?? ""
        let folder = Place(folder: URL(filePath: manifest.folder))
        var keys: [EmbeddingKey] = []
        for (index, entry) in (json["keys"]?.array ?? []).enumerated() {
            let place = "/embedding/keys/\(index)/key"
            guard let reference = entry["key"].flatMap({ SecretReference($0, seenFrom: folder) }) else {
                throw EmbeddingKey.invalid(place, "{\"$env\": \"NAME\"} or {\"$file\": \"path\"}")
            }
            let text = try reference.value(environment: environment, of: PluginID(rawValue: "embedding"), at: place)
            keys.append(try EmbeddingKey(entry, key: text, at: place))
        }
        self.keys = keys
    }
}
