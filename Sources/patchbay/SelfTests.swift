import Foundation
import Logging
import PatchbayHTTP
import PatchbayHost
import PatchbaySDK

/// What the plugins of a manifest find out about their own connections, as `patchbay doctor` shows it.
struct SelfTests {
    let manifest: Manifest
    let store: String

    /// Lets each plugin that can do so try its connection, beside a server that may be running, and prints a line for
    /// each thing that was tried.
    ///
    /// - Returns: whether nothing is wrong.
    func run(of phone: TestedPhone?) async throws -> Bool {
        guard isThereAny else { return true }
        // Looking makes no store: a new one is `patchbay serve`'s to make.
        let spare = FileManager.default.temporaryDirectory
            .appending(path: "patchbay-doctor-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: spare) }
        let isThere = FileManager.default.fileExists(atPath: store)
        let place = isThere ? store : spare.appending(path: "store.sqlite").path
        let outbound = OutboundClient()
        let network = OutboundNetworkClient()
        let portal = try Portal(
            Portal.Places(manifest: manifest.path, store: place),
            log: Logger(label: "patchbay.doctor") { _ in SwiftLogNoOpLogHandler() }
        ) { _, hosts in
            outbound.http(for: hosts)
        } makeNetwork: { _, hosts in
            network.network(for: hosts)
        }
        let results = try await portal.selfTests(of: phone)
        for (plugin, found) in results { for one in found { print(Self.line(plugin, one)) } }
        try await portal.shutdown()
        try await outbound.shutdown()
        return !results.flatMap(\.found).contains { $0.verdict == .bad }
    }

    /// One that is off may have been started in the portal; the host knows.
    private var isThereAny: Bool {
        manifest.plugins.contains { item in
            guard case .plugin(let entry) = item else { return false }
            return (try? PluginDescription(readingFrom: entry.folder))?.provides.contains(.selfTest) == true
        }
    }

    private static func line(_ plugin: PluginID, _ diagnosis: Diagnosis) -> String {
        let verdict =
            switch diagnosis.verdict {
            case .good: "ok"
            case .doubtful: "doubtful"
            case .bad: "FAILED"
            }
        return (["\(plugin) self-test, \(diagnosis.subject): \(verdict) – \(diagnosis.finding)"] + [diagnosis.mend])
            .compactMap { $0 }.joined(separator: " ")
    }
}

extension TestedPhone {
    /// Reads `1001@harbor.example`.
    init(login: String) throws {
        let parts = login.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw PlainError("Write the phone as extension@domain, such as 1001@harbor.example.")
        }
        self.init(domain: DomainID(rawValue: parts[1]), extension: parts[0])
    }
}
