/// A schema or a part of one, with everything looked up.
///
/// `@unchecked`: it is filled in before anybody else has it, and never changed afterwards. It may hold itself, over
/// `$ref`; such a schema lives as long as the program does.
final class SchemaRule: @unchecked Sendable {
    /// What an object's members may be that `properties` doesn't name.
    enum Others {
        case any
        case none
        case fitting(SchemaRule)
    }

    /// A bound, and how the schema writes it.
    struct Bound {
        let value: Double
        let text: String

        init?(_ json: JSON?) {
            guard let json, let value = json.double else { return nil }
            self.value = value
            text = json.text
        }
    }

    /// Its `$ref` leads nowhere: it allows nothing.
    fileprivate(set) var isBroken = false
    fileprivate(set) var types: [String]?
    fileprivate(set) var allowed: [JSON]?
    fileprivate(set) var only: JSON?
    /// Of each list, how many at most may fit.
    fileprivate(set) var alternatives: [(rules: [SchemaRule], most: Int)] = []
    fileprivate(set) var properties: [String: SchemaRule] = [:]
    fileprivate(set) var required: [String] = []
    fileprivate(set) var others = Others.any
    fileprivate(set) var items: SchemaRule?
    fileprivate(set) var leastItems: Int?
    fileprivate(set) var mostItems: Int?
    fileprivate(set) var leastCharacters: Int?
    fileprivate(set) var mostCharacters: Int?
    fileprivate(set) var pattern: SchemaPattern?
    fileprivate(set) var least: Bound?
    fileprivate(set) var most: Bound?
}

/// Makes rules, each `$ref` once.
struct SchemaReferences {
    private let root: JSON
    private var rules: [String: SchemaRule] = [:]

    init(root: JSON) { self.root = root }

    /// What `$ref` leads to, over at most 16 references; `null` when it leads nowhere.
    func resolve(_ schema: JSON) -> JSON {
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

    mutating func rule(for schema: JSON) -> SchemaRule {
        let reference = schema["$ref"]?.string
        if let reference, let known = rules[reference] { return known }
        let rule = SchemaRule()
        // Before it is filled in, for it may refer to itself.
        if let reference { rules[reference] = rule }
        fill(rule, from: resolve(schema))
        return rule
    }

    private mutating func fill(_ rule: SchemaRule, from schema: JSON) {
        guard schema != .null else { return rule.isBroken = true }
        rule.types = schema["type"].map { ($0.array ?? [$0]).compactMap(\.string) }
        rule.allowed = schema["enum"]?.array
        // A const may be null, which the subscript takes for missing.
        rule.only = schema.object?["const"]
        for (keyword, most) in [("oneOf", 1), ("anyOf", Int.max)] {
            guard let alternatives = schema[keyword]?.array else { continue }
            rule.alternatives.append((alternatives.map { self.rule(for: $0) }, most))
        }
        rule.properties = (schema["properties"]?.object ?? [:]).mapValues { self.rule(for: $0) }
        rule.required = schema["required"]?.array?.compactMap(\.string) ?? []
        switch schema["additionalProperties"] {
        case .bool(false): rule.others = .none
        case .object(let other): rule.others = .fitting(self.rule(for: .object(other)))
        default: break
        }
        rule.items = schema["items"].map { self.rule(for: $0) }
        rule.leastItems = schema["minItems"]?.int
        rule.mostItems = schema["maxItems"]?.int
        rule.leastCharacters = schema["minLength"]?.int
        rule.mostCharacters = schema["maxLength"]?.int
        rule.pattern = schema["pattern"]?.string.map(SchemaPattern.init)
        rule.least = SchemaRule.Bound(schema["minimum"])
        rule.most = SchemaRule.Bound(schema["maximum"])
    }

    private static func unescaped(_ step: Substring) -> String {
        guard step.utf8.contains(UInt8(ascii: "~")) else { return String(step) }
        return String(step).replacing("~1", with: "/").replacing("~0", with: "~")
    }
}
