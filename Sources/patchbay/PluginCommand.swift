import ArgumentParser
import Foundation
import PatchbaySDK

/// `patchbay plugin …`
struct PluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "Make a plugin.", subcommands: [PluginNew.self])
}

/// `patchbay plugin new NAME`
struct PluginNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a package with the smallest plugin that works.",
        discussion: "Then, in the new folder: swift test, swift build, and name the folder in manifest.json.")

    @Argument(help: "The plugin's id: lower-case letters, digits and hyphens, such as call-notes.") var name: String
    @Option(help: "The folder to make; ./NAME when left out.") var into: String?
    @Option(help: "The folder Sources/SDK of Patchbay.") var sdk: String
    @Option(help: "The template's folder; Plugins/Template beside the SDK's Sources when left out.")
    var template: String?

    func run() throws {
        let name = try PluginName(name)
        let sdk = URL(filePath: sdk, directoryHint: .isDirectory).standardizedFileURL
        let template =
            template.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? sdk.appending(path: "../../Plugins/Template")
        let folder = URL(filePath: into ?? name.id, directoryHint: .isDirectory).standardizedFileURL
        try PluginTemplate(folder: template.standardizedFileURL).copy(to: folder, as: name, sdk: sdk)
        print(
            """
            Made \(folder.path).
              cd \(folder.path)
              swift test
              swift build -c release --product \(name.capitalised)
              cp .build/release/lib\(name.capitalised).so .
            Then add {"id": "\(name.id)", "folder": "\(folder.path)"} to the plugins in manifest.json.
            """)
    }
}
