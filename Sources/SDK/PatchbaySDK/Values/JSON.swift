/// A JSON value (RFC 8259). Integers stay integers.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// The member `key` of an object; `nil` when it is missing or `null`.
    public subscript(key: String) -> JSON? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The text of a string; `nil` for anything else.
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The truth value; `nil` for anything else.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The whole number; `nil` for anything else, also for `2.0`.
    public var int: Int? { if case .int(let value) = self { value } else { nil } }
    /// The items of an array; `nil` for anything else.
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    /// The members of an object; `nil` for anything else.
    public var object: [String: JSON]? { if case .object(let value) = self { value } else { nil } }

    /// The number, whole or not; `nil` for anything else.
    public var double: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// Takes a string literal.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Takes `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Takes a whole-number literal.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// Takes a literal with a decimal point.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Takes an array literal.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// Takes a dictionary literal; of a key that occurs twice, the last value.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
    /// Takes `nil` as `null`.
    public init(nilLiteral: ()) { self = .null }

    /// `text`, or `null` where there is none.
    public init(_ text: String?) { self = text.map(JSON.string) ?? .null }
    /// `number`, or `null` where there is none.
    public init(_ number: Int?) { self = number.map(JSON.int) ?? .null }
}
