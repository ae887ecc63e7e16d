import PatchbaySDK

/// Why something of the operator's or of an author's can't be used here, and how to mend it.
///
/// A declined plugin doesn't run; the host and the others do.
public struct Decline: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable kebab-case id for code, such as `plugin.stamp-differs`. It never changes.
    public let id: String
    /// What is wrong, in a sentence that names the file or the plugin.
    public let reason: String
    /// What to do about it, in a sentence.
    public let mend: String

    /// Makes a reason.
    ///
    /// - Parameters:
    ///   - id: Stable and in kebab case, such as `plugin.stamp-differs`.
    ///   - mend: What the operator should do, in a sentence.
    public init(id: String, _ reason: String, mend: String) {
        self.id = id
        self.reason = reason
        self.mend = mend
    }

    /// Reason, mend and id in one line, for the log.
    public var description: String { "\(reason) \(mend) [\(id)]" }
}
