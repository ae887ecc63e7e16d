/// Tries a plugin's connection to the outside and says what to mend. Provided by adapters and carriers that want to help
/// whoever sets them up; `patchbay doctor` and the admin API show the answers.
public protocol SelfTest: Sendable {
    /// Tries everything that must work, in the order in which one would set it up, and stops where going on is pointless.
    ///
    /// Called when an administrator asks, possibly on an instance whose `run()` never started: open a connection of its
    /// own, change nothing outside, and be done within 20 seconds; the host waits for 30.
    /// - Parameter phone: The phone to try, when the administrator has named one.
    func selfTest(of phone: TestedPhone?) async -> [Diagnosis]
}

/// A phone that a self-test looks at.
public struct TestedPhone: Sendable, Equatable {
    /// The domain, as `extension` is unique there only.
    public let domain: DomainID
    /// The extension.
    public let `extension`: String

    /// Names a phone.
    public init(domain: DomainID, extension: String) {
        self.domain = domain
        self.extension = `extension`
    }
}

/// What a self-test found out about one thing.
public struct Diagnosis: Sendable, Equatable {
    /// How the thing stands.
    public enum Verdict: String, Sendable, Codable {
        /// It works.
        case good
        /// It works, but not as well as it could.
        case doubtful
        /// It doesn't work.
        case bad
    }

    /// What was tried, in a word or two: `Connection`.
    public let subject: String
    /// How it stands.
    public let verdict: Verdict
    /// What was found, in a sentence.
    public let finding: String
    /// What to change and where, in a sentence; `nil` when there is nothing to do.
    public let mend: String?

    /// Makes a diagnosis.
    public init(_ subject: String, _ verdict: Verdict, _ finding: String, mend: String? = nil) {
        self.subject = subject
        self.verdict = verdict
        self.finding = finding
        self.mend = mend
    }
}
