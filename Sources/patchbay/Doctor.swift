import ArgumentParser
import Foundation
import PatchbayHost
import PatchbaySDK

/// `patchbay doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say how the store and every plugin stand, and what to do about it.",
        discussion: """
            One line each. Plugins that connect to the outside, such as a PBX adapter, try their connection as well. The \
            exit code is 1 when something is wrong.
            """)

    @OptionGroup var options: StoreOptions

    @Option(help: "A phone that PBX adapters try, such as 1001@harbor.example.")
    var phone: String?

    func run() async throws {
        let phone = try phone.map(TestedPhone.init(login:))
        let manifest = try Manifest(readingFrom: options.manifest)
        let path = options.store ?? manifest.store
        let isThere = FileManager.default.fileExists(atPath: path)
        let faults = isThere ? try storeFaults(at: path) : []
        if faults.isEmpty { print("store: \(isThere ? "ok" : "not there yet; `patchbay serve` makes it")") }
        for fault in faults { print("store: \(fault)") }
        let overrides = isThere && faults.isEmpty ? try changes(in: path) : PluginOverrides()
        let arePluginsWell = ServingLock.isHeld(store: path) ? live(path) : survey(manifest, overrides)
        if !faults.isEmpty { throw ExitCode(1) }
        let areConnectionsWell = try await SelfTests(manifest: manifest, store: path).run(of: phone)
        if !arePluginsWell || !areConnectionsWell { throw ExitCode(1) }
    }

    /// How the plugins of the server that runs stand.
    private func live(_ path: String) -> Bool {
        print("server: running")
        guard let report = StatusFile(store: path).read() else { return true }
        for line in report.lines { print(line) }
        return report.isWell
    }

    /// How the plugins would stand if a server started now.
    private func survey(_ manifest: Manifest, _ overrides: PluginOverrides) -> Bool {
        print("server: not running; this is how its plugins would start")
        let statuses = PluginSurvey(of: manifest, overrides: overrides).statuses(at: SystemClock().now)
        for status in statuses {
            print(status.state == .running ? "\(status.id) \(status.version): ready" : status.line)
        }
        return statuses.allSatisfy { $0.state == .running || $0.state == .off }
    }

    /// What administrators have changed over the manifest.
    private func changes(in path: String) throws -> PluginOverrides {
        let store = try PortalStore.open(at: path)
        defer { try? store.close() }
        return try PluginOverrides(keptIn: store)
    }

    private func storeFaults(at path: String) throws -> [String] {
        do {
            let store = try PortalStore.open(at: path)
            defer { try? store.close() }
            return try store.integrityFaults()
        } catch let refusal as PortalError {
            return [refusal.message]
        } catch let error as DatabaseError {
            return [
                "\(path) can't be read: \(error.message ?? "no database") – restore a backup with `patchbay restore`."
            ]
        }
    }
}
