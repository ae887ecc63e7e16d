import ArgumentParser
import PatchbayHost

/// The command line.
@main
struct Patchbay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patchbay",
        abstract: "A portal for a phone system: SMS and chat for its users, each feature a plugin.",
        version: Portal.version,
        subcommands: [
            ServeCommand.self, DemoCommand.self, CheckCommand.self, DoctorCommand.self,
            DomainCommand.self, UserCommand.self, NumberCommand.self, SwitchCommand.self, TokenCommand.self,
            ImportCommand.self, ExportCommand.self, BackupCommand.self, RestoreCommand.self, AuditCommand.self,
            RecordsCommand.self, PluginCommand.self,
        ]
    )

    static func main() async {
        do {
            try await Deed.$current.withValue(ConsoleDeed(Array(CommandLine.arguments.dropFirst())).deed) {
                var command = try await asyncParseAsRoot()
                if var asyncCommand = command as? any AsyncParsableCommand {
                    try await asyncCommand.run()
                } else {
                    try command.run()
                }
            }
        } catch {
            exit(withError: PlainError.explaining(error))
        }
    }
}
