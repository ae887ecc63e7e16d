import ArgumentParser
import Foundation
import PatchbayHost
import PatchbaySDK

/// `patchbay demo`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Serve a portal with made-up people, numbers and a simulated carrier.",
        discussion: "The demo's data are kept between runs, unless --fresh is given.")

    @OptionGroup var options: ServeOptions

    @Flag(help: "Throw the former demo's data away.")
    var fresh = false

    @Option(help: "The password of all demo users; else one is made up and kept beside the data.")
    var password: String?

    @Flag(inversion: .prefixedNo, help: "Begin with ninety days of messages behind, for the figures.")
    var history = true

    func run() async throws {
        let file = DemoFile(options.store ?? ".run/demo.sqlite")
        if fresh { try file.remove() }
        var options = options
        options.store = file.path
        options.manifest = try options.manifest ?? Self.manifest()
        let isNew = !FileManager.default.fileExists(atPath: file.path)
        let password = try file.password(given: password, isNew: isNew)
        let hasSimulator = try Manifest(readingFrom: options.manifest ?? "").plugins.contains {
            if case .plugin(let entry) = $0 { entry.id.rawValue == "simulator" && entry.enabled.runs } else { false }
        }
        let clock = DemoClock()
        try await Serving(try options.resolved(), clock: clock).run { portal in
            if isNew { try await DemoData(portal: portal).fill(password: password) }
        } following: { portal in
            if isNew, history { try await DemoHistory(portal: portal, clock: clock).fill() }
        } announcing: { address in
            print("Patchbay demo: \(address)")
            print("  Sign in as  \(DemoData.signIns)")
            print("  Password    \(password)")
            if hasSimulator { print("  Customers' phones  \(address)/plugins/simulator/  (sign in first)") }
            print("Ctrl-C ends it.")
        }
    }

    /// The manifest here, or the one of the source tree that the program was built in.
    private static func manifest() throws -> String {
        if let named = ProcessInfo.processInfo.environment["PATCHBAY_MANIFEST"] { return named }
        let program = URL(filePath: LibraryLoader.executableFolder)
        let folders = sequence(first: program) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
        let places = ["manifest.json"] + folders.map { $0.appending(path: "manifest.json").path }
        guard let found = places.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw PlainError("There is no manifest.json here. Name it with --manifest.")
        }
        return found
    }
}

/// Where the demo's data lie.
private struct DemoFile {
    let path: String

    /// - Parameter place: An SQLite file, or a folder to keep one in.
    init(_ place: String) { path = place.hasSuffix(".sqlite") ? place : place + "/demo.sqlite" }

    func remove() throws {
        for suffix in ["", "-wal", "-shm", ".files", ".password"] {
            let item = path + suffix
            if FileManager.default.fileExists(atPath: item) { try FileManager.default.removeItem(atPath: item) }
        }
    }

    /// The password of the demo's users; kept beside them, for the store has only its hash.
    func password(given: String?, isNew: Bool) throws -> String {
        let file = path + ".password"
        if !isNew, let kept = try? String(contentsOfFile: file, encoding: .utf8) { return kept }
        let password = given ?? Self.invented()
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(password.utf8), attributes: [.posixPermissions: 0o600])
        else { throw PlainError("The folder of \(path) can't be written.") }
        return password
    }

    /// Easy to read out, with about 70 bits of chance.
    private static func invented() -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        var chance = SystemRandomNumberGenerator()
        let groups = (0..<3).map { _ in
            String((0..<5).map { _ in letters[Int.random(in: letters.indices, using: &chance)] })
        }
        return groups.joined(separator: "-")
    }
}
