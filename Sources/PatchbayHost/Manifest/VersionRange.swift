/// The versions that are welcome, such as `>=1.0 <2.0`: comparisons that must all hold.
public struct VersionRange: Sendable, Hashable, CustomStringConvertible {
    private enum Comparison: String, CaseIterable {
        // The longer ones first: a text is matched against them in this order.
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
        case exactly = "="
    }

    private struct Bound: Hashable {
        let comparison: Comparison
        let version: Version
    }

    private let bounds: [Bound]
    /// The range as it was written.
    public let description: String

    /// Every version.
    public static let any = VersionRange(bounds: [], description: "any")

    private init(bounds: [Bound], description: String) {
        self.bounds = bounds
        self.description = description
    }

    /// Reads comparisons separated by spaces; a bare version means exactly that one.
    ///
    /// - Returns: `nil` when one of them is none.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        let bounds = words.compactMap { Self.bound(String($0)) }
        guard !words.isEmpty, bounds.count == words.count else { return nil }
        self.init(bounds: bounds, description: text)
    }

    /// Whether `version` is welcome.
    public func contains(_ version: Version) -> Bool {
        bounds.allSatisfy { bound in
            switch bound.comparison {
            case .atLeast: version >= bound.version
            case .atMost: version <= bound.version
            case .above: version > bound.version
            case .below: version < bound.version
            case .exactly: version == bound.version
            }
        }
    }

    private static func bound(_ word: String) -> Bound? {
        let comparison = Comparison.allCases.first { word.hasPrefix($0.rawValue) }
        let digits = word.dropFirst(comparison?.rawValue.count ?? 0)
        return Version(String(digits)).map { Bound(comparison: comparison ?? .exactly, version: $0) }
    }
}
