import Foundation
import PatchbayHost
import PatchbaySDK
import Synchronization

/// The OpenAPI document of what runs now; it follows the registry without a restart.
final class DocumentShelf: Sendable {
    private let coreParts: [JSON]
    private let registry: PluginRegistry
    private let changes: RegistryChanges
    private let kept: Mutex<(generation: Int, document: OpenAPIDocument)>

    /// - Throws: when a document that belongs to the program is missing or no JSON.
    init(registry: PluginRegistry, changes: RegistryChanges) throws {
        coreParts = try OpenAPIDocument.coreParts()
        self.registry = registry
        self.changes = changes
        kept = Mutex((-1, OpenAPIDocument(parts: coreParts, plugins: [], permissions: [:])))
    }

    func current() -> OpenAPIDocument {
        let generation = changes.count
        return kept.withLock { kept in
            if kept.generation != generation {
                kept = (generation, document(of: registry.running))
            }
            return kept.document
        }
    }

    private func document(of running: [RunningPlugin]) -> OpenAPIDocument {
        var permissions: [String: Permission] = [:]
        for endpoint in EndpointTable.core.endpoints {
            if case .user(let permission) = endpoint.access { permissions[endpoint.name] = permission }
        }
        for plugin in running {
            for route in plugin.routes {
                if case .user(let permission) = route.access {
                    permissions[PluginSurface.name(of: route, plugin: plugin.id.rawValue)] = permission
                }
            }
        }
        return OpenAPIDocument(
            parts: coreParts, plugins: running.compactMap(Self.document), permissions: permissions)
    }

    /// A plugin's own document; one that can't be read is left out, for the plugin validates its bodies itself.
    private static func document(of plugin: RunningPlugin) -> (id: PluginID, document: JSON)? {
        let name = plugin.description.documentation ?? "openapi.json"
        let file = URL(filePath: plugin.description.folder).appending(path: name)
        guard let bytes = try? Data(contentsOf: file), let document = try? JSON(parsing: bytes) else { return nil }
        return (plugin.id, document)
    }
}

/// `GET /openapi.json`: the document itself.
enum DocumentEndpoints {
    static let all: [Endpoint] = [
        .get("/openapi.json", .anyone) { request in
            .bytes(request.server.documents.current().bytes, type: "application/json")
        }
    ]
}
