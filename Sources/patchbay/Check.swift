import ArgumentParser
import PatchbayHost
import PatchbaySDK

/// `patchbay check`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the manifest and every plugin.json without running anything.",
        discussion: "One line a plugin. The exit code is 1 when something is wrong.")

    @Argument(help: "The manifest.")
    var manifest = "manifest.json"

    func run() throws {
        let read = try Manifest(readingFrom: manifest)
        let statuses = PluginSurvey(of: read).statuses(at: SystemClock().now)
        for status in statuses {
            let verdict = status.state == .running ? "\(status.id) \(status.version): sound" : status.line
            print(verdict)
        }
        guard statuses.allSatisfy({ $0.state == .running || $0.state == .off }) else { throw ExitCode(1) }
        print("\(read.path): sound")
    }
}
