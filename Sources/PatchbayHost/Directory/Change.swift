/// What an update does to one field.
public enum Change<Value: Sendable>: Sendable {
    case keep
    case set(Value)

    /// The field's value afterwards.
    func applied(to former: Value) -> Value {
        switch self {
        case .keep: former
        case .set(let value): value
        }
    }
}

extension Change: Equatable where Value: Equatable {}
