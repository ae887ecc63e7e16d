import Foundation
import PatchbaySDK

/// Our numbers, who uses them and what they can.
///
/// All functions run in the caller's transaction; those that change something belong into `Store.write`.
public struct NumberStore: Numbers {
    /// Told, in the same transaction, that a user has got (`true`) or lost a number.
    public typealias AssignmentChanged = @Sendable (PhoneNumber, UserID, Bool, Database) throws -> Void

    let clock: any PortalClock
    let events: any Events
    private let adapterFeatures: @Sendable (PhoneNumber) -> Set<NumberFeature>
    let isCarrier: @Sendable (PluginID) -> Bool
    let assignmentChanged: AssignmentChanged

    /// - Parameters:
    ///   - adapterFeatures: What PBX adapters last said of a number; answers from memory.
    ///   - isCarrier: Whether a plugin may be chosen to carry a number's messages, running or not.
    public init(
        clock: any PortalClock, events: any Events,
        adapterFeatures: @escaping @Sendable (PhoneNumber) -> Set<NumberFeature>,
        isCarrier: @escaping @Sendable (PluginID) -> Bool,
        assignmentChanged: @escaping AssignmentChanged
    ) {
        self.clock = clock
        self.events = events
        self.adapterFeatures = adapterFeatures
        self.isCarrier = isCarrier
        self.assignmentChanged = assignmentChanged
    }

    /// The number's record, whichever domain has it; `nil` when it is none of ours.
    public func record(of number: PhoneNumber, in db: Database) throws -> NumberRecord? {
        let statement = try db.cachedStatement(
            sql: "SELECT number, domainId, label, carrier FROM number WHERE number = ?")
        return try Row.fetchOne(statement, arguments: [number]).map(NumberRecord.init)
    }

    /// Whether the core tables or an adapter say that the number has `feature`.
    public func has(_ feature: NumberFeature, _ number: PhoneNumber, in db: Database) throws -> Bool {
        try source(of: feature, number, in: db) != nil
    }

    private func source(
        of feature: NumberFeature, _ number: PhoneNumber, in db: Database
    ) throws -> NumberEntry.Source? {
        // Off until an administrator turns it on (S3): no row means off.
        let statement = try db.cachedStatement(
            sql: "SELECT isOn FROM featureSwitch WHERE plugin = ? AND level = 'number' AND subject = ?")
        let isOn = try Bool.fetchOne(statement, arguments: [feature.rawValue, number]) ?? false
        if adapterFeatures(number).contains(feature) { return .phoneSystem }
        return isOn ? .switch : nil
    }

    /// The numbers of `user` that have `feature`, by label.
    public func assigned(
        to user: UserID, with feature: NumberFeature, in db: Database
    ) throws -> [NumberRecord] {
        try assigned(to: user, in: db).filter { try has(feature, $0.number, in: db) }
    }

    /// All numbers of `user`, with or without features, by label.
    public func assigned(to user: UserID, in db: Database) throws -> [NumberRecord] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT number.number, number.domainId, label, carrier
                FROM numberUser JOIN number ON number.number = numberUser.number
                WHERE userId = ? ORDER BY label, number.number
                """)
        return try Row.fetchAll(statement, arguments: [user]).map(NumberRecord.init)
    }

    /// Everybody to whom the number is assigned.
    public func users(of number: PhoneNumber, in db: Database) throws -> [UserID] {
        let statement = try db.cachedStatement(sql: "SELECT userId FROM numberUser WHERE number = ? ORDER BY userId")
        return try UserID.fetchAll(statement, arguments: [number])
    }

    /// The number, if it is one of `domain`.
    public func find(_ number: PhoneNumber, of domain: DomainID, in db: Database) throws -> NumberEntry? {
        try Row.fetchOne(
            db, sql: "SELECT number, domainId, label, carrier, createdAt FROM number WHERE domainId = ? AND number = ?",
            arguments: [domain, number]
        ).map { try entry($0, in: db) }
    }

    /// The numbers of `domain`, in order.
    ///
    /// - Parameter query: Digits of the number as people write it, or words of its label or its people's names; empty
    ///   for all.
    public func numbers(
        of domain: DomainID, matching query: String = "", _ page: PageRequest, in db: Database
    ) throws -> Page<NumberEntry> {
        let digits = SearchText.digits(of: query)
        let words = digits == nil ? SearchText.words(of: query) : []
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT number, domainId, label, carrier, createdAt, people FROM (
                    SELECT *, (
                        SELECT group_concat(searchName || ' ' || extension, ' ') FROM numberUser
                        JOIN user ON user.id = numberUser.userId WHERE numberUser.number = number.number
                    ) AS people FROM number WHERE domainId = ?
                ) WHERE number > ? AND instr(number, ?) > 0 ORDER BY number LIMIT ?
                """,
            arguments: [domain, try page.start().id, digits ?? "", words.isEmpty ? page.limit + 1 : -1])
        // SQLite folds no accents; a domain's numbers are few.
        let found = rows.lazy.filter { row in
            let text = SearchText.folded(row["label"]) + " " + (row["people"] as String? ?? "")
            return words.allSatisfy { text.contains($0) }
        }.prefix(page.limit + 1)
        return Page(try found.map { try entry($0, in: db) }, for: page) { ("", $0.number.e164) }
    }

    private func entry(_ row: Row, in db: Database) throws -> NumberEntry {
        let record = NumberRecord(row)
        let users = try Row.fetchAll(
            db,
            sql: """
                SELECT \(User.columns) FROM numberUser JOIN user ON user.id = numberUser.userId
                WHERE numberUser.number = ? ORDER BY searchName, user.id
                """,
            arguments: [record.number]
        ).map { User($0).record }
        return NumberEntry(
            record: record, users: users, sms: try source(of: .sms, record.number, in: db),
            createdAt: Date(milliseconds: row["createdAt"]))
    }
}

extension NumberRecord {
    fileprivate init(_ row: Row) {
        self.init(
            number: row["number"], domain: row["domainId"], label: row["label"], carrier: row["carrier"] as PluginID?)
    }
}
