import ArgumentParser
import Foundation
import PatchbayHost
import PatchbaySDK

/// Which database a command works on.
struct StoreOptions: ParsableArguments {
    @Option(help: "The database file; else the one that the manifest names.")
    var store: String?

    @Option(help: "The manifest that names the database file.")
    var manifest = "manifest.json"

    /// The database file's path.
    func path() throws -> String {
        if let store { return store }
        guard FileManager.default.fileExists(atPath: manifest) else {
            throw PlainError(
                "There is no \(manifest) here. Name the database with --store or the manifest with --manifest.")
        }
        return try Manifest(readingFrom: manifest).store
    }

    /// Refuses a plugin that the manifest doesn't have: what is set for a mistyped name nobody would ever see.
    ///
    /// Where there is no manifest there is nothing to compare with.
    func require(plugin: String) throws {
        guard let known = try? Manifest(readingFrom: manifest).plugins.map(\.id.rawValue), !known.contains(plugin)
        else { return }
        throw PlainError("\(manifest) has no plugin \(plugin). It has \(known.joined(separator: ", ")).")
    }

    /// Refuses permissions that neither the portal nor a plugin of the manifest has: a token with a mistyped one can do nothing.
    func require(permissions wanted: Set<Permission>) throws {
        guard let read = try? Manifest(readingFrom: manifest) else { return }
        let known = PluginSurvey(of: read).permissions
        guard let stray = wanted.subtracting(known).map(\.rawValue).min() else { return }
        let names = known.map(\.rawValue).sorted().joined(separator: ", ")
        throw PlainError("There is no permission \(stray). There are \(names).")
    }

    /// Opens the database, making it where there is none.
    func open() throws -> Desk {
        let known = try? Manifest(readingFrom: manifest).plugins.map(\.id)
        return try Desk(storeAt: path()) { known?.contains($0) ?? true }
    }
}
