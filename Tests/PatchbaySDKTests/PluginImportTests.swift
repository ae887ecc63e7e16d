import Foundation
import Testing

@Suite struct PluginImportTests {
    /// What a plugin may import; everything else would bring a second copy of a library, or a way around the host.
    private static let allowed: Set<String> = ["PatchbaySDK", "Foundation", "Synchronization"]

    private static let plugins = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Plugins")

    private static var sources: [URL] {
        let files = FileManager.default.enumerator(at: plugins, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { file in
            let path = file.pathComponents
            return file.pathExtension == "swift" && path.contains("Sources") && !path.contains(".build")
        }
    }

    @Test func thereArePluginsToLookAt() {
        #expect(Set(Self.sources.map(\.lastPathComponent)).isSuperset(of: ["ChatPlugin.swift", "HelloPlugin.swift"]))
    }

    @Test(arguments: sources)
    func pluginImportsTheSDKAndFoundationOnly(file: URL) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        // An import, with or without attributes and access level, of a module or of one thing in it.
        let statement = /^\s*(?:[@\w()]+\s+)*?import\s+(?:[a-z]+\s+)?(\w+)/
        let imports = text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: statement).map { String($0.output.1) }
        }

        #expect(Set(imports).subtracting(Self.allowed).isEmpty)
    }
}
