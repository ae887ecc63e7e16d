import PatchbaySDK

/// What the OpenAPI document says of one operation, ready to hold requests to it.
struct Operation: Sendable {
    private enum Kind: Sendable { case text, integer, number, boolean }

    /// The document's `operationId`; empty where it has none.
    let id: String
    private let path: Schema
    private let pathKinds: [String: Kind]
    private let query: Schema
    private let queryKinds: [String: Kind]
    private let bodySchema: Schema?
    /// Whether a body must come.
    let needsBody: Bool
    /// The media types that the body may have, lower case; `*/*` takes any.
    let bodyTypes: [String]

    /// - Parameters:
    ///   - shared: The parameters of the whole path.
    ///   - root: Where references are looked up.
    init(_ operation: JSON, shared: [JSON], root: JSON) {
        id = operation["operationId"]?.string ?? ""
        let parameters = (shared + (operation["parameters"]?.array ?? [])).map { Self.resolve($0, root: root) }
        (path, pathKinds) = Self.object(parameters.filter { $0["in"]?.string == "path" }, root: root)
        (query, queryKinds) = Self.object(parameters.filter { $0["in"]?.string == "query" }, root: root)
        let body = operation["requestBody"].map { Self.resolve($0, root: root) }
        needsBody = body?["required"]?.bool ?? false
        bodyTypes = (body?["content"]?.object ?? [:]).keys.map { $0.lowercased() }
        bodySchema = body?["content"]?["application/json"]?["schema"].map { Schema($0, root: root) }
    }

    /// Holds the path's places to their schemas. An id that can't be one is no such thing.
    func check(path parameters: [String: String]) throws(PortalError) {
        let value = JSON.object(Self.typed(parameters, pathKinds))
        if !path.faults(in: value).isEmpty { throw .notFound("thing") }
    }

    /// The query as an object of typed values.
    ///
    /// - Throws: `PortalError.invalid` (`query.invalid`) naming the parameter.
    func checked(query parameters: [String: String]) throws(PortalError) -> JSON {
        let value = JSON.object(Self.typed(parameters, queryKinds))
        if let fault = query.faults(in: value).first {
            throw PortalError(
                .invalid, id: "query.invalid", "The address's query can't be used: \(fault).",
                details: ["place": fault.place, "reason": fault.reason])
        }
        return value
    }

    /// The body as JSON, valid by the document.
    ///
    /// - Throws: `PortalError.invalid` (`body.not-json`, `body.invalid`) naming the place.
    func checked(body bytes: [UInt8]) throws(PortalError) -> JSON {
        if bytes.isEmpty, !needsBody { return .null }
        let value: JSON
        do { value = try JSON(parsing: bytes) } catch {
            throw PortalError(.invalid, id: "body.not-json", "The body is not valid JSON: \(error).")
        }
        if let fault = bodySchema?.faults(in: value).first {
            throw PortalError(
                .invalid, id: "body.invalid", "The body can't be used: \(fault).",
                details: ["place": fault.place, "reason": fault.reason])
        }
        return value
    }

    private static func resolve(_ value: JSON, root: JSON) -> JSON {
        guard let reference = value["$ref"]?.string else { return value }
        var found = root
        for step in reference.dropFirst(2).split(separator: "/") { found = found[String(step)] ?? .null }
        return found
    }

    private static func object(_ parameters: [JSON], root: JSON) -> (Schema, [String: Kind]) {
        var properties: [String: JSON] = [:]
        var kinds: [String: Kind] = [:]
        for parameter in parameters {
            guard let name = parameter["name"]?.string else { continue }
            let schema = parameter["schema"] ?? [:]
            properties[name] = schema
            kinds[name] =
                switch resolve(schema, root: root)["type"]?.string {
                case "integer": .integer
                case "number": .number
                case "boolean": .boolean
                default: .text
                }
        }
        let required = parameters.filter { $0["required"]?.bool == true }.compactMap { $0["name"] }
        let schema: JSON = [
            "type": "object", "properties": .object(properties), "required": .array(required),
            "additionalProperties": false,
        ]
        return (Schema(schema, root: root), kinds)
    }

    /// What isn't of its kind stays text, so that the schema objects with the place.
    private static func typed(_ parameters: [String: String], _ kinds: [String: Kind]) -> [String: JSON] {
        var values: [String: JSON] = [:]
        for (name, text) in parameters {
            values[name] =
                switch kinds[name] {
                case .integer: Int(text).map(JSON.int) ?? .string(text)
                case .number: Double(text).map(JSON.double) ?? .string(text)
                case .boolean where text == "true" || text == "false": .bool(text == "true")
                default: .string(text)
                }
        }
        return values
    }
}
