/// What is wrong with a line of an import.
public struct ImportFault: Error, Sendable, Equatable {
    /// From 1, the header's.
    public let line: Int
    /// What is wrong with the line and how to mend it, in a sentence.
    public let reason: String

    /// Describes a fault.
    ///
    /// - Parameter line: From 1, the header's.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}

/// What an import did.
public struct ImportReport: Sendable, Equatable {
    /// How many entries were stored; for a dry run, how many would be. 0 when there is any fault.
    public let imported: Int
    /// How many contacts were left out, or would be, for they are in the book already.
    public let skipped: Int
    /// In the order of lines, at most 100 of them.
    public let faults: [ImportFault]

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - imported: How many lines were stored; 0 as soon as there is a fault.
    ///   - skipped: How many lines were left out, for what they say is stored already; 0 as soon as there is a fault.
    public init(imported: Int, skipped: Int = 0, faults: [ImportFault]) {
        self.imported = imported
        self.skipped = skipped
        self.faults = faults
    }
}

/// What can be imported.
public enum ImportKind: String, Sendable, CaseIterable {
    /// Columns `extension`, `name`; optionally `email`, `scope`.
    case users
    /// Columns `number`, `label`; optionally `carrier`, `users` (extensions with blanks between), `sms` (`on` or `off`).
    case numbers
    /// Column `name`; optionally `company`, `notes`, `owner` (an extension; else everybody's), and any number of
    /// `number:LABEL` and `email:LABEL`, such as `number:Mobile`.
    case contacts
}
