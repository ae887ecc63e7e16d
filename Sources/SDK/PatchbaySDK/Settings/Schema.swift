import Foundation
import Synchronization

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
        public let reason: String
        public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
    }

    private let schema: JSON
    private let root: JSON

    /// - Parameter root: Where `$ref` looks things up; the schema itself when left out.
    public init(_ schema: JSON, root: JSON? = nil) {
        self.schema = schema
        self.root = root ?? schema
    }

    /// Everything in `value` that breaks the schema; empty when it is valid.
    public func faults(in value: JSON) -> [Fault] {
        var faults: [Fault] = []
        check(value, against: schema, at: "", into: &faults)
        return faults
    }

    /// `value` with the defaults of missing members filled in, at every level.
    public func fillingDefaults(in value: JSON) -> JSON {
        Self.fill(value, by: resolve(schema), root: root)
    }

    private static func fill(_ value: JSON, by schema: JSON, root: JSON) -> JSON {
        if case .array(let values) = value, let item = schema["items"] {
            let item = Schema(item, root: root).resolve(item)
            return .array(values.map { fill($0, by: item, root: root) })
        }
        guard case .object(var members) = value, let properties = schema["properties"]?.object else { return value }
        for (name, property) in properties {
            let property = Schema(property, root: root).resolve(property)
            if let present = members[name] {
                members[name] = fill(present, by: property, root: root)
            } else if let preset = property["default"] {
                members[name] = fill(preset, by: property, root: root)
            }
        }
        return .object(members)
    }

    /// What `$ref` leads to, over at most 16 references; `null` when it leads nowhere.
    private func resolve(_ schema: JSON) -> JSON {
        var found = schema
        for _ in 0..<16 {
            guard let reference = found["$ref"]?.string else { return found }
            guard reference == "#" || reference.hasPrefix("#/") else { return .null }
            found = root
            for step in reference.dropFirst(2).split(separator: "/") {
                found = found[Self.unescaped(step)] ?? .null
            }
        }
        return .null
    }

    private func check(_ value: JSON, against schema: JSON, at place: String, into faults: inout [Fault]) {
        let schema = resolve(schema)
        func fault(_ reason: String) { faults.append(Fault(place: place, reason: reason)) }
        guard schema != .null else { return fault("has a schema whose $ref leads nowhere") }
        if let types = schema["type"].map({ $0.array ?? [$0] }), !types.contains(where: { value.isOfType($0.string) }) {
            return fault("must be \(types.compactMap(\.string).joined(separator: " or "))")
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) {
            return fault("must be one of \(allowed.map(\.text).joined(separator: ", "))")
        }
        if case .object(let members) = schema, let only = members["const"], only != value {
            return fault("must be \(only.text)")
        }
        for (keyword, most) in [("oneOf", 1), ("anyOf", Int.max)] {
            guard let alternatives = schema[keyword]?.array else { continue }
            let matches = alternatives.count { Schema($0, root: root).faults(in: value).isEmpty }
            if matches == 0 { return fault("fits none of the allowed forms") }
            if matches > most { return fault("fits several forms of which only one is allowed") }
        }
        switch value {
        case .object(let members): check(members, against: schema, at: place, into: &faults)
        case .array(let values): check(values, against: schema, at: place, into: &faults)
        case .string(let text): if let reason = Self.objection(to: text, by: schema) { fault(reason) }
        case .int, .double:
            let number = value.double ?? 0
            if let least = schema["minimum"]?.double, number < least {
                fault("must be at least \(schema["minimum"]!.text)")
            }
            if let most = schema["maximum"]?.double, number > most {
                fault("must be at most \(schema["maximum"]!.text)")
            }
        case .null, .bool: break
        }
    }

    private func check(
        _ members: [String: JSON], against schema: JSON, at place: String, into faults: inout [Fault]
    ) {
        let properties = schema["properties"]?.object ?? [:]
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
            faults.append(Fault(place: place, reason: "\"\(name)\" is missing"))
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let inner = place + "/" + Self.escaped(name)
            if let property = properties[name] {
                check(value, against: property, at: inner, into: &faults)
            } else if schema["additionalProperties"] == .bool(false) {
                faults.append(Fault(place: inner, reason: "unknown key \"\(name)\""))
            } else if let other = schema["additionalProperties"], other.object != nil {
                check(value, against: other, at: inner, into: &faults)
            }
        }
    }

    /// The name as a step of a JSON Pointer. Few have anything to escape, and looking is cheap.
    private static func escaped(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
        return name.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    private static func unescaped(_ step: Substring) -> String {
        guard step.utf8.contains(UInt8(ascii: "~")) else { return String(step) }
        return String(step).replacing("~1", with: "/").replacing("~0", with: "~")
    }

    private func check(_ values: [JSON], against schema: JSON, at place: String, into faults: inout [Fault]) {
        if let least = schema["minItems"]?.int, values.count < least {
            faults.append(Fault(place: place, reason: "needs at least \(least) entries"))
        }
        if let most = schema["maxItems"]?.int, values.count > most {
            faults.append(Fault(place: place, reason: "holds at most \(most) entries"))
        }
        guard let item = schema["items"] else { return }
        for (index, value) in values.enumerated() {
            check(value, against: item, at: "\(place)/\(index)", into: &faults)
        }
    }

    private static func objection(to text: String, by schema: JSON) -> String? {
        if let least = schema["minLength"]?.int, text.count < least {
            return least == 1 ? "must not be empty" : "needs at least \(least) characters"
        }
        if let most = schema["maxLength"]?.int, text.unicodeScalars.count > most {
            return "holds at most \(most) characters"
        }
        if let pattern = schema["pattern"]?.string, !Patterns.shared.matches(text, pattern) {
            return "must match \(pattern)"
        }
        return nil
    }
}

extension JSON {
    fileprivate func isOfType(_ name: String?) -> Bool {
        switch (self, name) {
        case (.null, "null"), (.bool, "boolean"), (.int, "integer"), (.int, "number"), (.double, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }
}

/// Regular expressions that were compiled before; there are as many as schemas name.
private final class Patterns: Sendable {
    static let shared = Patterns()
    private let compiled = Mutex<[String: NSRegularExpression]>([:])

    /// A pattern that can't be compiled matches nothing.
    func matches(_ text: String, _ pattern: String) -> Bool {
        let regex: NSRegularExpression? = compiled.withLock { compiled in
            if let known = compiled[pattern] { return known }
            // ICU lets $ match before a final line break as well; JSON Schema's (ECMA-262) matches at the end only.
            let exact = pattern.hasSuffix("$") && !pattern.hasSuffix("\\$") ? pattern.dropLast() + "\\z" : pattern[...]
            guard let fresh = try? NSRegularExpression(pattern: String(exact)) else { return nil }
            compiled[pattern] = fresh
            return fresh
        }
        return regex?.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}
