import Foundation
import Logging
import PatchbayHost
import PatchbaySDK
import PatchbayTesting

/// An installation in a temporary folder: manifest, plugins' folders, store.
final class LoadingInstallation: Sendable {
    let folder: URL
    let clock = TestClock()
    let store: PortalStore
    private let host: TestHost<PlainPlugin>

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-loading-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try PortalStore.open(at: folder.appending(path: "store.sqlite").path)
        host = try await TestHost(PlainPlugin.self, description: "{}")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var manifestPath: String { folder.appending(path: "manifest.json").path }

    func write(_ path: String, _ bytes: some Sequence<UInt8>) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Writes `{id}/plugin.json`: a valid one with `changes`.
    func describe(_ id: String, _ changes: JSON = [:]) throws {
        try write("\(id)/plugin.json", Papers.description(of: id, changes).utf8)
    }

    /// Writes a `manifest.json` with these entries of `plugins`.
    func list(_ entries: [JSON]) throws { try write("manifest.json", Papers.manifest(entries).utf8) }

    /// Describes and lists plugins that need no more than an id.
    func install(_ ids: String...) throws {
        for id in ids { try describe(id) }
        try list(ids.map { Papers.entry($0) })
    }

    func registry(
        _ source: any PluginSource = LibraryLoader(), environment: [String: String] = [:]
    ) -> PluginRegistry {
        PluginRegistry(
            manifestPath: manifestPath, source: source, environment: environment, clock: clock,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, migrate: { [store] in try store.migrate($0) })
    }

    /// A registry whose plugins have started.
    func started(
        _ source: any PluginSource = LibraryLoader(), environment: [String: String] = [:]
    ) async -> PluginRegistry {
        let registry = registry(source, environment: environment)
        await registry.start(makingContextsWith: makeContext)
        return registry
    }

    var makeContext: PluginRegistry.MakeContext {
        { [context = host.context, clock] description, settings in
            PluginContext(
                id: description.id, settings: settings, store: context.store, events: context.events, log: context.log,
                clock: clock, cryptography: context.cryptography, http: context.http, network: context.network,
                directory: context.directory, numbers: context.numbers, permissions: context.permissions,
                contacts: context.contacts,
                calls: context.calls, presence: context.presence, switchboard: context.switchboard,
                conversations: context.conversations, oversight: context.oversight, carriers: context.carriers,
                summons: context.summons, smsInbox: context.smsInbox, readers: context.readers, audit: context.audit)
        }
    }
}

/// A plugin that does nothing.
struct PlainPlugin: Plugin {
    static let id = PluginID(rawValue: "plain")
    init(context: PluginContext) throws {}
}

/// Valid papers, to be spoilt.
enum Papers {
    static func entry(_ id: String, _ changes: JSON = [:]) -> JSON {
        JSON.object(["id": .string(id), "folder": .string(id)]).with(changes)
    }

    static func description(of id: String, _ changes: JSON = [:]) -> JSON {
        JSON.object([
            "id": .string(id), "name": .string(id.capitalized), "description": "For a test.", "version": "1.0.0",
            "sdk": "1.0",
        ]).with(changes)
    }

    static func manifest(_ entries: [JSON]) -> JSON {
        ["store": "store.sqlite", "listen": ["host": "127.0.0.1", "port": 0], "plugins": .array(entries)]
    }

    /// The papers of the fixture `GoodPlugin`.
    static let good: JSON = [
        "library": "GoodPlugin",
        "permissions": [["id": "good.use", "title": "Be greeted", "scopes": ["basic-user"]]],
        "settings": ["type": "object", "properties": ["greeting": ["type": "string", "default": "Hello"]]],
    ]
}

extension JSON {
    /// The object with the members of `changes`; a `null` takes a member out.
    func with(_ changes: JSON) -> JSON {
        let merged = (object ?? [:]).merging(changes.object ?? [:]) { _, new in new }
        return .object(merged.filter { $0.value != .null })
    }
}

extension PluginRegistry {
    func status(_ id: String) -> PluginStatus? { statuses.first { $0.id.rawValue == id } }
    func runs(_ id: String) -> Bool { isRunning(PluginID(rawValue: id)) }
}
