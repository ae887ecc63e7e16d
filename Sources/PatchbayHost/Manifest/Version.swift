/// A plugin's version: three numbers, compared from the left.
public struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Goes up when something that worked before no longer does.
    public let major: Int
    /// Goes up when something new is there.
    public let minor: Int
    /// Goes up when something was mended.
    public let patch: Int

    /// Makes a version of three numbers, each 0 or more.
    public init(major: Int, minor: Int = 0, patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `1`, `1.4` or `1.4.2`; what is left out is 0.
    ///
    /// - Returns: `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.allSatisfy(\.isASCIIDigit) ? Int(part) : nil }
        guard (1...3).contains(parts.count), numbers.count == parts.count else { return nil }
        self.init(
            major: numbers[0], minor: numbers.count > 1 ? numbers[1] : 0, patch: numbers.count > 2 ? numbers[2] : 0)
    }

    /// Whether `left` came before `right`.
    public static func < (left: Version, right: Version) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// `major.minor.patch`.
    public var description: String { "\(major).\(minor).\(patch)" }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
