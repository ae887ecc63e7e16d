import Foundation
import PatchbaySDK

/// The plugin that every new one begins as.
struct PluginTemplate {
    let folder: URL

    /// Made by a build, so no part of the template.
    private static let leftOut: Set<String> = [".build", "Package.resolved", ".swiftpm"]

    /// Writes the template into `target` under another name, as a package of its own that depends on `sdk`.
    ///
    /// - Throws: `PortalError` (`plugin.template-missing`, `plugin.sdk-missing`, `plugin.folder-exists`) with nothing
    ///   written.
    func copy(to target: URL, as name: PluginName, sdk: URL) throws {
        try check(sdk, isPackage: "plugin.sdk-missing", "an SDK; give the folder Sources/SDK of Patchbay with --sdk")
        try check(folder, isPackage: "plugin.template-missing", "a template; give its folder with --template")
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw PortalError(
                .conflict, id: "plugin.folder-exists",
                "\(target.path) is there already. Choose another folder with --into, or remove it.")
        }
        for path in try files() {
            let source = folder.appending(path: path)
            let copy = target.appending(path: name.replacingHello(in: path))
            let text = try String(contentsOf: source, encoding: .utf8)
            try FileManager.default.createDirectory(
                at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
            // Names first: the SDK's path may hold the word hello.
            let written = Self.pointing(name.replacingHello(in: text), at: sdk, in: path)
            try written.write(to: copy, atomically: true, encoding: .utf8)
        }
    }

    private func check(_ folder: URL, isPackage id: String, _ what: String) throws(PortalError) {
        guard FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) else {
            throw PortalError(.notFound, id: id, "\(folder.path) is not \(what).")
        }
    }

    /// The template's files, as paths below its folder.
    private func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
            let isFile = (try? folder.appending(path: path).resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile
            return isFile == true && Self.leftOut.isDisjoint(with: path.split(separator: "/").map(String.init))
                && !path.hasSuffix(".so")
        }
    }

    private static func pointing(_ text: String, at sdk: URL, in path: String) -> String {
        guard path == "Package.swift" else { return text }
        let literal = sdk.path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return text.replacing("../../Sources/SDK", with: literal)
    }
}
