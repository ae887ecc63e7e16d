import Foundation
import Testing

@Suite struct TutorialTests {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The code blocks of the tutorial, but for shell commands.
    private static var blocks: [String] {
        get throws {
            let article = root.appending(path: "Sources/SDK/PatchbaySDK/PatchbaySDK.docc/WriteYourFirstPlugin.md")
            return try String(contentsOf: article, encoding: .utf8)
                .matches(of: /```(?:swift|json)\n((?:.|\n)*?)```/).map { String($0.output.1) }
        }
    }

    /// The files of the template, one after the other.
    private static var template: String {
        get throws {
            let folder = root.appending(path: "Plugins/Template")
            let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            return try paths.filter { $0.hasSuffix(".swift") || $0.hasSuffix("plugin.json") }
                .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        }
    }

    @Test func tutorialHasCode() throws {
        #expect(try Self.blocks.count > 8)
    }

    @Test(arguments: try blocks)
    func codeOfTheTutorialIsTheTemplates(block: String) throws {
        #expect(try Self.template.contains(block))
    }
}
