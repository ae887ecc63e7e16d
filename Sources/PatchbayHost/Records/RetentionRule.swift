import PatchbaySDK

/// How long a domain keeps the messages of one kind; without a rule they are kept for ever.
public struct RetentionRule: Sendable, Equatable {
    /// The kind of conversation.
    public let kind: ChannelKind
    /// Older messages are removed; 1 to 36 500.
    public let days: Int

    /// Describes a rule.
    ///
    /// - Parameter days: Older messages are removed; 1 to 36 500.
    public init(kind: ChannelKind, days: Int) {
        self.kind = kind
        self.days = days
    }

    /// The rules of `domain`, by kind.
    public static func rules(of domain: DomainID, in db: Database) throws -> [RetentionRule] {
        try Row.fetchAll(
            db, sql: "SELECT kind, days FROM retentionRule WHERE domainId = ? ORDER BY kind", arguments: [domain]
        ).map { RetentionRule(kind: ChannelKind(rawValue: $0["kind"]), days: $0["days"]) }
    }

    /// Keeps messages of `kind` for `days`, or for ever with `nil`; the rules of other kinds stay as they are.
    public static func set(_ days: Int?, for kind: ChannelKind, of domain: DomainID, in db: Database) throws {
        guard let days else {
            return try db.execute(
                sql: "DELETE FROM retentionRule WHERE domainId = ? AND kind = ?", arguments: [domain, kind.rawValue])
        }
        try db.execute(
            sql: """
                INSERT INTO retentionRule (domainId, kind, days) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET days = excluded.days
                """, arguments: [domain, kind.rawValue, days])
    }
}
