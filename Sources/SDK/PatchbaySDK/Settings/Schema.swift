/// A JSON Schema (draft 2020-12), of the subset that Patchbay's files, settings and API use.
///
/// Read: `type` (one or several), `enum`, `const`, `properties`, `required`, `additionalProperties`, `items`,
/// `minItems`, `maxItems`, `minLength`, `maxLength` (in characters), `pattern`, `minimum`, `maximum`, `default`,
/// `oneOf`, `anyOf`, `$ref` to `#/…`. Annotations (`title`, `description`, `writeOnly`, `format`, …) are kept, not checked.
/// Stricter than the draft: `2.0` is no `integer`, for code that reads whole numbers wouldn't find one.
public struct Schema: Sendable {
    /// A place in a value that breaks the schema.
    public struct Fault: Sendable, Equatable, CustomStringConvertible {
        /// A JSON Pointer (RFC 6901); empty for the whole value.
        public let place: String
        /// What is wrong there, such as `must be integer`.
        public let reason: String
        /// The place and the reason, for people.
        public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
    }

    private let schema: JSON
    private let root: JSON
    private let rule: SchemaRule

    /// Makes the schema ready; checking a value then looks nothing up.
    ///
    /// - Parameter root: Where `$ref` looks things up; the schema itself when left out.
    public init(_ schema: JSON, root: JSON? = nil) {
        self.schema = schema
        self.root = root ?? schema
        var references = SchemaReferences(root: self.root)
        rule = references.rule(for: schema)
    }

    /// Everything in `value` that breaks the schema; empty when it is valid.
    public func faults(in value: JSON) -> [Fault] {
        var check = SchemaCheck()
        check.run(value, rule)
        return check.faults
    }

    /// `value` with the defaults of missing members filled in, at every level.
    public func fillingDefaults(in value: JSON) -> JSON {
        let references = SchemaReferences(root: root)
        return Self.fill(value, by: references.resolve(schema), references)
    }

    private static func fill(_ value: JSON, by schema: JSON, _ references: SchemaReferences) -> JSON {
        if case .array(let values) = value, let item = schema["items"] {
            let item = references.resolve(item)
            return .array(values.map { fill($0, by: item, references) })
        }
        guard case .object(var members) = value, let properties = schema["properties"]?.object else { return value }
        for (name, property) in properties {
            let property = references.resolve(property)
            if let present = members[name] {
                members[name] = fill(present, by: property, references)
            } else if let preset = property["default"] {
                members[name] = fill(preset, by: property, references)
            }
        }
        return .object(members)
    }
}
