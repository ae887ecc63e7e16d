import ArgumentParser
import Foundation
import PatchbayHost
import PatchbaySDK

/// `patchbay export users|numbers|contacts --domain D [FILE]`
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Export users, numbers or shared contacts to a CSV file.",
        discussion: """
            `patchbay import` reads the file again. It is UTF-8 with a byte order mark; what a spreadsheet could take \
            for a formula has an apostrophe in front. Passwords and personal contacts are never in it.
            """)

    @OptionGroup var store: StoreOptions
    @Argument(help: "users, numbers or contacts.") var kind: ImportKind
    @Argument(help: "The file to write; - for standard output.") var file = "-"
    @Option(help: "The domain whose they are.") var domain: String

    func run() throws {
        let desk = try store.open()
        let export = CSVExport(directory: desk.directory, numbers: desk.numbers, contacts: desk.contacts)
        let id = DomainID(rawValue: domain)
        let csv = Data(try desk.store.readNow { db in try export.csv(kind, of: id, in: db) })
        guard file != "-" else { return FileHandle.standardOutput.write(csv) }
        do { try csv.write(to: URL(filePath: file), options: .atomic) } catch {
            throw PlainError("The file \(file) can't be written: \(error.localizedDescription)")
        }
        print("Wrote the \(kind.rawValue) of \(domain) to \(file).")
    }
}
