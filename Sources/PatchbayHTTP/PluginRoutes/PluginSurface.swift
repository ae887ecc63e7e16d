import Foundation
import Hummingbird
import PatchbayHost
import PatchbaySDK
import Synchronization

/// Counts the registry's changes, so that what is derived from it is made anew only then.
final class RegistryChanges: Sendable {
    private let changes = Atomic(0)

    init(of registry: PluginRegistry) {
        registry.onChange { [weak self] in self?.changes.add(1, ordering: .releasing) }
    }

    var count: Int { changes.load(ordering: .acquiring) }
}

/// What the running plugins answer over HTTP. It follows the registry without a restart.
final class PluginSurface: Sendable {
    /// One route of a plugin, ready to match.
    struct Entry: Sendable {
        let plugin: PluginID
        let route: Route
        let pattern: PathPattern
        /// Whether the feature can be switched off for people.
        let hasGates: Bool
        /// The route's name in the OpenAPI document, such as `GET /sms/messages/{id}/history`.
        let name: String
    }

    private struct Snapshot {
        var generation = -1
        var routes: [String: [Entry]] = [:]
        var web: [String: AssetLibrary] = [:]
    }

    private let registry: PluginRegistry
    private let changes: RegistryChanges
    private let snapshot = Mutex(Snapshot())

    init(registry: PluginRegistry, changes: RegistryChanges) {
        self.registry = registry
        self.changes = changes
    }

    /// The plugin's routes; `nil` when it doesn't run.
    func routes(of plugin: String) -> [Entry]? { current().routes[plugin] }

    /// The plugin's web files; `nil` when it has none or doesn't run.
    func web(of plugin: String) -> AssetLibrary? { current().web[plugin] }

    private func current() -> Snapshot {
        let generation = changes.count
        return snapshot.withLock { snapshot in
            if snapshot.generation != generation { snapshot = Self.snapshot(of: registry.running, generation) }
            return snapshot
        }
    }

    private static func snapshot(of running: [RunningPlugin], _ generation: Int) -> Snapshot {
        var snapshot = Snapshot(generation: generation)
        for plugin in running {
            let id = plugin.id.rawValue
            snapshot.routes[id] = plugin.routes.map { route in
                Entry(
                    plugin: plugin.id, route: route, pattern: PathPattern(route.path),
                    hasGates: plugin.description.gates != nil, name: name(of: route, plugin: id))
            }.sorted { $0.pattern.placeCount < $1.pattern.placeCount }
            let folder = URL(filePath: plugin.description.folder).appending(path: "Web")
            snapshot.web[id] = try? AssetLibrary(folder: folder)
        }
        return snapshot
    }

    /// What the OpenAPI document calls a route.
    static func name(of route: Route, plugin: String) -> String {
        let path = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
        return "\(route.method) /" + ([plugin] + path).joined(separator: "/")
    }
}
