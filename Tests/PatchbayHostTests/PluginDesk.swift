import Foundation
import Logging
import PatchbaySDK
import PatchbayTesting

@testable import PatchbayHost

/// A portal with the plugin `working`, which has a greeting and a secret, and a system administrator who changes it.
final class PluginDesk: Sendable {
    static let working = PluginID(rawValue: "working")
    let folder: URL
    let clock = TestClock()
    let portal: Portal
    let root: Caller

    /// - Parameter entry: What the manifest says of the plugin besides its id and folder.
    init(_ entry: JSON = [:]) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "working"), withIntermediateDirectories: true)
        try Self.describe(in: folder)
        try Self.list([Papers.entry("working", entry)], in: folder)
        portal = try Self.portal(in: folder, clock: clock)
        await portal.startPlugins()
        root = try await portal.store.write { [portal] db in
            let domain = DomainID(rawValue: "harbor.example")
            try portal.directory.addDomain(
                NewDomain(id: domain, name: "Harbor", region: "US", timeZone: "America/Los_Angeles"), in: db)
            return try portal.directory.addUser(
                NewUser(extension: "1000", fullName: "Root Admin", scope: .superUser, passwordHash: nil), to: domain,
                in: db
            ).caller
        }
    }

    deinit {
        // A portal that was never shut down holds itself, and its files open.
        try? portal.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A portal on the same store, as after a restart.
    static func portal(in folder: URL, clock: TestClock) throws -> Portal {
        try Portal(
            Portal.Places(
                manifest: folder.appending(path: "manifest.json").path, store: folder.appending(path: "s.sqlite").path),
            clock: clock, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            source: TypesInProcess(WorkingPlugin.self)
        ) { _, _ in
            NoWayOut()
        } makeNetwork: { _, _ in
            NoWayOut()
        }
    }

    /// Writes the plugin's papers, with `changes`.
    static func describe(in folder: URL, _ changes: JSON = [:]) throws {
        let settings: JSON = [
            "settings": [
                "type": "object",
                "properties": [
                    "greeting": ["type": "string", "default": "Hello", "maxLength": 10],
                    "secret": ["type": "string", "writeOnly": true, "default": "none"],
                ],
            ]
        ]
        try Data(Papers.description(of: "working", settings.with(changes)).utf8)
            .write(to: folder.appending(path: "working/plugin.json"))
    }

    /// Writes the manifest.
    static func list(_ entries: [JSON], in folder: URL) throws {
        try Data(Papers.manifest(entries).utf8).write(to: folder.appending(path: "manifest.json"))
    }

    func set(_ values: [String: JSON], reset: [String] = []) async throws {
        try await portal.changeSettings(of: Self.working, set: values, reset: reset, by: root)
    }

    /// The greeting of the instance that runs.
    var greeting: String? { (portal.plugins.instance(Self.working) as? WorkingPlugin)?.greeting }

    /// What the administrator's page shows of a setting.
    func setting(_ name: String) async throws -> JSON? {
        try await portal.sheet(of: Self.working)["settings"]?.array?.first { $0["name"]?.string == name }
    }
}
