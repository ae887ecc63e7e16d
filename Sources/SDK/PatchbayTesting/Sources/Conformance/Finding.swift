/// Something that a plugin does against the rules of the house.
public struct Finding: Sendable, Equatable, CustomStringConvertible {
    /// The rule that is broken.
    public enum Rule: String, Sendable, CaseIterable {
        /// The id in the code, in `plugin.json` and in the names agree.
        case oneID = "one-id"
        /// Tables, indexes, views and triggers begin with the plugin's id.
        case ownTables = "own-tables"
        /// Every table says which domain a row belongs to.
        case domainColumn = "domain-column"
        /// Migrations have numbered names, and bringing them in again changes nothing.
        case frozenMigrations = "frozen-migrations"
        /// `init` is free of I/O.
        case quickInit = "quick-init"
        /// Every permission that a route requires is declared.
        case declaredPermissions = "declared-permissions"
        /// `run()` ends within a second of its cancellation.
        case promptEnd = "prompt-end"
        /// Events are declared in `plugin.json` and called `plugin.noun.past-participle`.
        case declaredEvents = "declared-events"
        /// Nothing of one domain shows in another.
        case isolation
        /// The plugin could not be tried at all.
        case starts
    }

    /// The rule that is broken.
    public let rule: Rule
    /// What is wrong and where, in a sentence.
    public let sentence: String

    /// Says what breaks `rule`.
    ///
    /// - Parameter sentence: What was seen, and where.
    public init(_ rule: Rule, _ sentence: String) {
        self.rule = rule
        self.sentence = sentence
    }

    /// Rule and sentence, as a test prints them.
    public var description: String { "[\(rule.rawValue)] \(sentence)" }
}
