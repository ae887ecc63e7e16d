import Crypto
import Foundation
import PatchbaySDK
import Synchronization

/// Loads plugins from dynamic libraries. What it has loaded stays in the process: Swift can't take types back.
public struct LibraryLoader: PluginSource {
    /// Looked through after the plugin's own folder.
    private let folders: [String]

    /// The digests of the files that this process has loaded, by path.
    private static let loaded = Mutex<[String: String]>([:])

    /// - Parameter folders: Where libraries lie besides the plugins' own folders.
    public init(folders: [String] = [Self.executableFolder]) { self.folders = folders }

    /// The folder of the running program, which is where a build puts all libraries.
    public static var executableFolder: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: program).deletingLastPathComponent().path
    }

    /// Loads the library of the plugin. Its stamp is compared before any Swift of it runs.
    ///
    /// - Throws: `Decline` (`plugin.library-missing`, `plugin.digest-differs`, `plugin.restart-needed`,
    ///   `plugin.library-unusable`, `plugin.stamp-missing`, `plugin.stamp-differs`, `plugin.doorway-missing`).
    public func type(of description: PluginDescription, entry: PluginEntry) throws(Decline) -> any Plugin.Type {
        let file = try file(of: description)
        try checkDigest(of: file, entry: entry)
        guard let handle = dlopen(file.path, RTLD_NOW | RTLD_LOCAL) else {
            throw Decline(
                id: "plugin.library-unusable", "\(file.name) can't be loaded: \(Self.loaderMessage).",
                mend: "Build \(file.name) again on this machine, with the libraries it needs installed.")
        }
        let symbols = Symbols(handle: handle, id: description.id, file: file.name)
        let stamp = try symbols.stamp()
        let hostStamp = String(cString: patchbay_build_stamp())
        guard stamp == hostStamp else {
            throw Decline(
                id: "plugin.stamp-differs",
                "\(file.name) was built with “\(stamp)”, this portal with “\(hostStamp)”.",
                mend: "Build “\(description.id)” again with the compiler and the SDK of this portal.")
        }
        return try symbols.type()
    }

    private struct File {
        let path: String
        var name: String { URL(filePath: path).lastPathComponent }
    }

    private func file(of description: PluginDescription) throws(Decline) -> File {
        let name = "lib\(description.library).so"
        let places = [description.folder] + folders
        guard let folder = places.first(where: { FileManager.default.fileExists(atPath: "\($0)/\(name)") }) else {
            throw Decline(
                id: "plugin.library-missing",
                "There is no \(name) for “\(description.id)”; looked in \(places.joined(separator: " and ")).",
                mend: "Build the plugin, or copy \(name) into its folder.")
        }
        return File(path: "\(folder)/\(name)")
    }

    private func checkDigest(of file: File, entry: PluginEntry) throws(Decline) {
        guard let bytes = try? Data(contentsOf: URL(filePath: file.path), options: .alwaysMapped) else {
            throw Decline(
                id: "plugin.library-unusable", "\(file.name) can't be read.",
                mend: "Let the portal's account read \(file.path).")
        }
        let digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        if let wanted = entry.sha256, wanted != digest {
            throw Decline(
                id: "plugin.digest-differs",
                "\(file.name) is not the file that manifest.json names: its SHA-256 is \(digest), not \(wanted).",
                mend: "Install the right \(file.name), or correct sha256 of “\(entry.id)” in manifest.json.")
        }
        let former = Self.loaded.withLock { loaded in
            defer { if loaded[file.path] == nil { loaded[file.path] = digest } }
            return loaded[file.path]
        }
        if let former, former != digest {
            throw Decline(
                id: "plugin.restart-needed",
                "\(file.name) has changed since this portal loaded it, and loaded code can't be replaced.",
                mend: "Restart the portal to run the new \(file.name).")
        }
    }

    private static var loaderMessage: String {
        dlerror().map { String(cString: $0) } ?? "the system gives no reason"
    }
}
