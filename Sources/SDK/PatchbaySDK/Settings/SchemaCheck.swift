/// Holds one value to a rule and notes what breaks it. Places and sentences are made only for what does.
struct SchemaCheck {
    private enum Step {
        case member(String)
        case entry(Int)
    }

    private(set) var faults: [Schema.Fault] = []
    private var path: [Step] = []

    mutating func run(_ value: JSON, _ rule: SchemaRule) {
        if rule.isBroken { return note("has a schema whose $ref leads nowhere") }
        if let types = rule.types, !types.contains(where: value.isOfType) {
            return note("must be \(types.joined(separator: " or "))")
        }
        if let allowed = rule.allowed, !allowed.contains(value) {
            return note("must be one of \(allowed.map(\.text).joined(separator: ", "))")
        }
        if let only = rule.only, only != value { return note("must be \(only.text)") }
        for (rules, most) in rule.alternatives {
            let matches = rules.count { $0.fits(value) }
            if matches == 0 { return note("fits none of the allowed forms") }
            if matches > most { return note("fits several forms of which only one is allowed") }
        }
        switch value {
        case .object(let members): run(members, rule)
        case .array(let values): run(values, rule)
        case .string(let text): if let reason = Self.objection(to: text, by: rule) { note(reason) }
        case .int(let number): run(Double(number), rule)
        case .double(let number): run(number, rule)
        case .null, .bool: break
        }
    }

    private mutating func run(_ members: [String: JSON], _ rule: SchemaRule) {
        for name in rule.required where members[name] == nil { note("\"\(name)\" is missing") }
        var found: [(name: String, faults: [Schema.Fault])] = []
        let before = faults
        faults = []
        for (name, value) in members {
            path.append(.member(name))
            if let property = rule.properties[name] {
                run(value, property)
            } else {
                switch rule.others {
                case .any: break
                case .none: note("unknown key \"\(name)\"")
                case .fitting(let other): run(value, other)
                }
            }
            path.removeLast()
            if !faults.isEmpty {
                found.append((name, faults))
                faults = []
            }
        }
        // A dictionary has no order; what people read should have one.
        faults = before
        for (_, more) in found.sorted(by: { $0.name < $1.name }) { faults += more }
    }

    private mutating func run(_ values: [JSON], _ rule: SchemaRule) {
        if let least = rule.leastItems, values.count < least { note("needs at least \(least) entries") }
        if let most = rule.mostItems, values.count > most { note("holds at most \(most) entries") }
        guard let items = rule.items else { return }
        for (index, value) in values.enumerated() {
            path.append(.entry(index))
            run(value, items)
            path.removeLast()
        }
    }

    private mutating func run(_ number: Double, _ rule: SchemaRule) {
        if let least = rule.least, number < least.value { note("must be at least \(least.text)") }
        if let most = rule.most, number > most.value { note("must be at most \(most.text)") }
    }

    private static func objection(to text: String, by rule: SchemaRule) -> String? {
        if let least = rule.leastCharacters, least == 1 ? text.isEmpty : text.count < least {
            return least == 1 ? "must not be empty" : "needs at least \(least) characters"
        }
        // No text has more characters than bytes, and bytes are counted already.
        if let most = rule.mostCharacters, text.utf8.count > most, text.unicodeScalars.count > most {
            return "holds at most \(most) characters"
        }
        if let pattern = rule.pattern, !pattern.matches(text) { return "must match \(pattern.text)" }
        return nil
    }

    private mutating func note(_ reason: String) {
        let place = path.map { step in
            switch step {
            case .member(let name): "/" + Self.escaped(name)
            case .entry(let index): "/\(index)"
            }
        }
        faults.append(Schema.Fault(place: place.joined(), reason: reason))
    }

    /// The name as a step of a JSON Pointer.
    private static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}

extension SchemaRule {
    fileprivate func fits(_ value: JSON) -> Bool {
        var check = SchemaCheck()
        check.run(value, self)
        return check.faults.isEmpty
    }
}

extension JSON {
    fileprivate func isOfType(_ name: String) -> Bool {
        switch self {
        case .null: name == "null"
        case .bool: name == "boolean"
        case .int: name == "integer" || name == "number"
        case .double: name == "number"
        case .string: name == "string"
        case .array: name == "array"
        case .object: name == "object"
        }
    }
}
