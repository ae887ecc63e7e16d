import Foundation
import PatchbaySDK

/// The OpenAPI 3.1 document of what runs now. It is what requests are held to, not only what is published.
struct OpenAPIDocument: Sendable {
    let json: JSON
    /// The document as it is served.
    let bytes: [UInt8]
    /// By name, such as `GET /people`.
    private let operations: [String: Operation]

    /// Merges the core's parts with the documents of plugins.
    ///
    /// - Parameters:
    ///   - plugins: A plugin's document has paths relative to `/api/v1/{plugin}`. Its components are its own, whatever
    ///     they are called; what it doesn't define it may take from the core's.
    ///   - permissions: What each operation needs, by name: shown as `x-permission`.
    init(parts: [JSON], plugins: [(id: PluginID, document: JSON)], permissions: [String: Permission]) {
        var merged: [String: JSON] = [:]
        for part in parts { Self.merge(part, into: &merged) }
        for plugin in plugins { Self.merge(PluginDocument(plugin.id, plugin.document).json, into: &merged) }
        let document = DerivedFacts.added(to: .object(merged), permissions: permissions)
        json = document
        bytes = document.utf8
        var operations: [String: Operation] = [:]
        for (path, item) in document["paths"]?.object ?? [:] {
            for (method, operation) in item.object ?? [:] where method != "parameters" {
                operations["\(method.uppercased()) \(path)"] = Operation(
                    operation, shared: item["parameters"]?.array ?? [], root: document)
            }
        }
        self.operations = operations
    }

    /// What the document says of the endpoint with `name`.
    func operation(_ name: String) -> Operation? { operations[name] }

    /// The names of all operations.
    var names: Set<String> { Set(operations.keys) }

    /// The core's documents, one an area.
    ///
    /// - Throws: when a file that belongs to the program is missing or no JSON.
    static func coreParts() throws -> [JSON] {
        guard let folder = Bundle.module.url(forResource: "OpenAPI", withExtension: nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { try JSON(parsing: Data(contentsOf: $0)) }
    }

    private static func merge(_ part: JSON, into merged: inout [String: JSON]) {
        for (key, value) in part.object ?? [:] {
            if case .object(var present) = merged[key], value.object != nil {
                merge(value, into: &present)
                merged[key] = .object(present)
            } else if let present = merged[key]?.array, let more = value.array {
                merged[key] = .array(present + more)
            } else {
                merged[key] = value
            }
        }
    }
}

/// A plugin's document, moved to where the plugin answers.
private struct PluginDocument {
    let json: JSON

    init(_ plugin: PluginID, _ document: JSON) {
        let own = Self.ownComponents(of: document)
        var members: [String: JSON] = [:]
        members["paths"] = .object(
            Dictionary(
                uniqueKeysWithValues: (document["paths"]?.object ?? [:]).map { path, item in
                    ("/\(plugin)" + path, Self.renamed(item, plugin: plugin, own: own))
                }))
        members["tags"] = document["tags"] ?? [["name": .string(plugin.rawValue)]]
        members["components"] = .object(
            (document["components"]?.object ?? [:]).mapValues { section in
                .object(
                    Dictionary(
                        uniqueKeysWithValues: (section.object ?? [:]).map { name, value in
                            ("\(plugin).\(name)", Self.renamed(value, plugin: plugin, own: own))
                        }))
            })
        json = .object(members)
    }

    private static func ownComponents(of document: JSON) -> Set<String> {
        Set(
            (document["components"]?.object ?? [:]).flatMap { section, values in
                (values.object ?? [:]).keys.map { "#/components/\(section)/\($0)" }
            })
    }

    private static func renamed(_ value: JSON, plugin: PluginID, own: Set<String>) -> JSON {
        switch value {
        case .array(let values): return .array(values.map { renamed($0, plugin: plugin, own: own) })
        case .object(var members):
            if let reference = members["$ref"]?.string, own.contains(reference) {
                let name = reference.split(separator: "/").last ?? ""
                members["$ref"] = .string(reference.dropLast(name.count) + "\(plugin).\(name)")
                return .object(members)
            }
            return .object(members.mapValues { renamed($0, plugin: plugin, own: own) })
        default: return value
        }
    }
}
