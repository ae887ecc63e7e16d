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
        let imports = text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^\s*(?:@\w+(?:\(\w+\))?\s+|(?:public|package|internal|private|fileprivate)\s+)*import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/)
                .map { String($0.output.1) }
        }

        #expect(Set(imports).subtracting(Self.allowed).isEmpty)
    }
}
