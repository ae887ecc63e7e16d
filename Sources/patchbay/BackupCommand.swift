import ArgumentParser
import PatchbayHost

/// `patchbay backup FILE`
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database while it is in use.",
        discussion: "Uploaded files lie beside the database and are not part of it; copy their folder as well.")

    @OptionGroup var store: StoreOptions
    @Argument(help: "The file to make; it must not be there yet.") var file: String

    func run() throws {
        let path = try store.path()
        try PortalStore.open(at: path).backup(to: file)
        print("Copied \(path) to \(file).")
    }
}

/// `patchbay restore FILE`
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the database's place; the server must not be running.",
        discussion: "The former database is kept beside it.")

    @OptionGroup var store: StoreOptions
    @Argument(help: "A file that `patchbay backup` made.") var file: String

    func run() throws {
        let path = try store.path()
        let former = try PortalStore.restore(from: file, to: path)
        print("Restored \(path) from \(file).")
        if let former { print("The former database is \(former).") }
    }
}
