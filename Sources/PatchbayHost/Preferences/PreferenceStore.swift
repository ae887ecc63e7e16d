import PatchbaySDK

/// Everybody's preferences.
public struct PreferenceStore: Sendable {
    private let events: any Events

    init(events: any Events) { self.events = events }

    /// What `caller` has chosen, and defaults for the rest.
    public func preferences(of caller: Caller, in db: Database) throws -> Preferences {
        let statement = try db.cachedStatement(sql: "SELECT body FROM preference WHERE domainId = ? AND userId = ?")
        guard let body = try String.fetchOne(statement, arguments: [caller.domain, caller.user]) else {
            return Preferences()
        }
        return Preferences(try JSON(parsing: body))
    }

    /// Replaces all that `caller` has chosen, and tells their other tabs.
    ///
    /// - Throws: `PortalError.invalid` `preferences.away-empty`, `preferences.away-too-long`.
    public func set(_ preferences: Preferences, for caller: Caller, in db: Database) throws {
        let away = preferences.away
        guard !away.isOn || away.text.contains(where: { !$0.isWhitespace }) else {
            throw PortalError(
                .invalid, id: "preferences.away-empty", "Write what is to be answered while you are away.")
        }
        guard away.text.unicodeScalars.count <= Preferences.Away.mostCharacters, !away.text.contains("\0") else {
            throw PortalError(
                .invalid, id: "preferences.away-too-long",
                "An away message has \(Preferences.Away.mostCharacters) characters at most.")
        }
        try db.execute(
            sql: """
                INSERT INTO preference (userId, domainId, body, isAway) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET body = excluded.body, isAway = excluded.isAway
                """, arguments: [caller.user, caller.domain, preferences.json.text, away.isOn])
        try events.publish(Event("preferences.changed", in: caller.domain, to: .users([caller.user]), [:]), in: db)
    }
}
