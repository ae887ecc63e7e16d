import Foundation
import PatchbaySDK

/// What the operator says runs here: `manifest.json`.
public struct Manifest: Sendable {
    /// Where the portal listens.
    public struct Listen: Sendable, Equatable {
        /// The address to listen on, such as `127.0.0.1`; `0.0.0.0` for all.
        public let host: String
        /// 0 takes any free port.
        public let port: Int
    }

    /// PEM files of the portal's certificate; absolute paths.
    public struct TLS: Sendable, Equatable {
        /// The file with the certificate, then those that vouch for it.
        public let certificate: String
        /// The file with its private key.
        public let key: String
    }

    /// One entry of `plugins`, in its place.
    public enum Item: Sendable, Equatable {
        case plugin(PluginEntry)
        /// An entry that can't be used; `id` is its place (`plugins/3`) when it has none of its own.
        case broken(id: PluginID, Decline)

        /// The plugin's id, or the entry's place when it has no id of its own.
        public var id: PluginID {
            switch self {
            case .plugin(let entry): entry.id
            case .broken(let id, _): id
            }
        }

        /// What can be used; `nil` for a broken one.
        public var entry: PluginEntry? { if case .plugin(let entry) = self { entry } else { nil } }
    }

    /// The absolute path of the file itself.
    public let path: String
    /// The absolute path of the SQLite file.
    public let store: String
    /// Where the server listens.
    public let listen: Listen
    /// How people and carriers reach the portal; `nil` means at the listen address.
    public let publicURL: String?
    /// The certificate to serve HTTPS with; `nil` for plain HTTP, such as behind a proxy.
    public let tls: TLS?
    /// Who else may show the dock, as it is written; `nil` for nobody. `EmbeddingSettings` reads it.
    let embedding: JSON?
    /// How browsers are told while the portal is closed, as it is written; `nil` for not at all. `PushSetup` reads it.
    let push: JSON?
    /// In the order of the file, which is the order in which plugins are asked and shown.
    public internal(set) var plugins: [Item]

    /// The folder that relative paths are seen from.
    public var folder: String { URL(filePath: path).deletingLastPathComponent().path }

    /// Reads the manifest at `path`.
    ///
    /// A fault in one plugin's entry breaks that entry only; a fault anywhere else is thrown.
    /// - Throws: `Decline` naming file, place and mend (`file.missing`, `file.not-json`, `file.unknown-key`,
    ///   `file.invalid`, …).
    public init(readingFrom path: String) throws(Decline) {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Decline(
                id: "file.missing", "There is no readable manifest at \(path).",
                mend: "Go to its folder, or name it: `check` takes its path, the others take --manifest.")
        }
        let file = try CheckedFile(at: path, by: PublishedSchemas.manifest)
        if let fault = file.faults.first(where: { Self.entry(of: $0) == nil }) { throw file.decline(for: fault) }

        let json = file.json
        let absolute = URL(filePath: path).standardizedFileURL
        let place = Place(folder: absolute.deletingLastPathComponent())
        self.path = absolute.path
        store = place.path(json["store"]?.string ?? "")
        listen = Listen(host: json["listen"]?["host"]?.string ?? "", port: json["listen"]?["port"]?.int ?? 0)
        publicURL = json["publicURL"]?.string
        embedding = json["embedding"]
        push = json["push"]
        tls = json["tls"].map { tls in
            TLS(
                certificate: place.path(tls["certificate"]?.string ?? ""), key: place.path(tls["key"]?.string ?? ""))
        }
        plugins = Self.items(json["plugins"]?.array ?? [], of: file, seenFrom: place)
    }

    private static func items(_ entries: [JSON], of file: CheckedFile, seenFrom place: Place) -> [Item] {
        var known: [String: Int] = [:]
        return entries.enumerated().map { index, entry in
            let name = entry["id"]?.string
            let first = name.flatMap { known[$0] }
            let id = PluginID(rawValue: first == nil ? name ?? "plugins/\(index)" : "plugins/\(index)")
            if let name, first == nil { known[name] = index }
            if let fault = file.faults.first(where: { Self.entry(of: $0) == index }) {
                return .broken(id: id, file.decline(for: fault))
            }
            if let name, let first { return .broken(id: id, Self.duplicate(name, first, index, of: file)) }
            guard let plugin = PluginEntry(entry, seenFrom: place) else {
                return .broken(id: id, Self.unreadable(index, of: file))
            }
            return .plugin(plugin)
        }
    }

    /// The index of the plugin's entry that a fault lies in.
    private static func entry(of fault: Schema.Fault) -> Int? {
        let steps = fault.place.split(separator: "/")
        return steps.count >= 2 && steps[0] == "plugins" ? Int(steps[1]) : nil
    }

    private static func duplicate(_ name: String, _ first: Int, _ second: Int, of file: CheckedFile) -> Decline {
        Decline(
            id: "plugin.duplicate-id",
            "\(file.name) lists “\(name)” twice, at /plugins/\(first) and /plugins/\(second).",
            mend: "Remove one of the two; the first one is used meanwhile.")
    }

    private static func unreadable(_ index: Int, of file: CheckedFile) -> Decline {
        Decline(
            id: "file.invalid", "\(file.name) is not right at /plugins/\(index).",
            mend: "Correct /plugins/\(index) in \(file.name).")
    }
}

/// Where relative paths are seen from.
struct Place {
    let folder: URL

    /// `path` made absolute.
    func path(_ path: String) -> String {
        path.hasPrefix("/") ? path : folder.appending(path: path).standardizedFileURL.path
    }
}

extension PluginEntry {
    /// Reads an entry that the schema has found valid.
    fileprivate init?(_ json: JSON, seenFrom place: Place) {
        let version = json["version"]?.string ?? ""
        guard let id = json["id"]?.string, let folder = json["folder"]?.string,
            let range = version.isEmpty ? .any : VersionRange(version),
            let enabled = Enabled(rawValue: json["enabled"]?.string ?? Enabled.on.rawValue)
        else { return nil }
        self.init(
            id: PluginID(rawValue: id), folder: place.path(folder), version: range, sha256: json["sha256"]?.string,
            enabled: enabled, settings: json["settings"] ?? .object([:]),
            privateHosts: Set((json["privateHosts"]?.array ?? []).compactMap { $0.string?.lowercased() }))
    }
}
