import ArgumentParser
import Foundation
import PatchbayHost
import PatchbaySDK

/// `patchbay import users|numbers|contacts FILE --domain D`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import users, numbers or contacts from a CSV file: all of it, or nothing.",
        discussion: """
            The first line names the columns.
              users     extension, name; optional email, scope
              numbers   number, label; optional carrier, users (extensions with blanks between), sms (on or off)
              contacts  name; optional company, notes, owner (an extension; else everybody's), number:LABEL, email:LABEL
            """)

    @OptionGroup var store: StoreOptions
    @Argument(help: "users, numbers or contacts.") var kind: ImportKind
    @Argument(help: "The file, in UTF-8; - for standard input.") var file: String
    @Option(help: "The domain that gets them.") var domain: String
    @Flag(help: "Say what is wrong with the file, and store nothing.") var dryRun = false

    func run() async throws {
        let desk = try store.open()
        let csv = try bytes()
        let csvImport = CSVImport(
            store: desk.store, directory: desk.directory, numbers: desk.numbers, contacts: desk.contacts)
        let report = try await csvImport.run(
            kind, csv: csv, into: DomainID(rawValue: domain), by: nil, isDryRun: dryRun)
        guard report.faults.isEmpty else {
            let lines = report.faults.map { "line \($0.line): \($0.reason)" }
            throw PlainError("Nothing was imported.\n" + lines.joined(separator: "\n"))
        }
        let what = report.imported == 1 ? String(kind.rawValue.dropLast()) : kind.rawValue
        print("\(dryRun ? "Would import" : "Imported") from \(file): \(report.imported) \(what).")
        if report.skipped > 0 { print("Left out, for they are there already: \(report.skipped).") }
        if kind == .users, !dryRun { print("Nobody signs in before `patchbay user set-password`.") }
    }

    private func bytes() throws -> [UInt8] {
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw PlainError("The file \(file) can't be read.")
        }
        return Array(data)
    }
}

extension ImportKind: ExpressibleByArgument {}
