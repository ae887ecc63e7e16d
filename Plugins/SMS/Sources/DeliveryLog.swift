import PatchbaySDK

/// Moves messages by the states of their parts, keeps the history of it, and the list of those that were given up.
struct DeliveryLog: Sendable {
    /// A step of a message's history.
    struct Step: Sendable {
        let state: String
        let reason: String?
        let attempt: Int
        /// Milliseconds since 1970.
        let at: Int
    }

    let clock: any PortalClock
    let conversations: any Conversations

    /// Brings the state of `message` in line with its parts: failed if one is, else as far as the slowest.
    func refresh(_ message: MessageID, domain: DomainID, in db: Database) throws {
        let parts = try Row.fetchAll(
            try db.cachedStatement(sql: "SELECT state, lastReason, attempt FROM smsOutbox WHERE messageId = ?"),
            arguments: [message])
        let states = parts.compactMap { OutboxState(rawValue: $0["state"])?.delivery }
        let attempt = parts.map { $0["attempt"] as Int }.max() ?? 0
        if let failed = parts.first(where: { $0["state"] == OutboxState.failed.rawValue }) {
            return try move(message, domain, to: .failed, reason: failed["lastReason"], attempt: attempt, in: db)
        }
        let slowest = [DeliveryState.pending, .accepted, .sent, .delivered].first(where: states.contains)
        guard let slowest, slowest != .pending else { return }
        try move(message, domain, to: slowest, reason: nil, attempt: attempt, in: db)
    }

    /// Takes `message` back to pending, out of the list of those that were given up.
    func reopen(_ message: MessageID, domain: DomainID, reason: String, attempt: Int, in db: Database) throws {
        try conversations.setState(.pending, reason: nil, of: message, isRetry: true, in: db)
        try note(.pending, reason: reason, attempt: attempt, of: message, domain: domain, in: db)
        try bury(message, isDead: false, domain, reason: nil, attempt: attempt, in: db)
    }

    /// Writes a step into the history of `message`.
    func note(
        _ state: DeliveryState, reason: String?, attempt: Int, of message: MessageID, domain: DomainID, in db: Database
    ) throws {
        try db.cachedStatement(
            sql: "INSERT INTO smsDelivery (domainId, messageId, state, reason, attempt, at) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [domain, message, state, reason, attempt, clock.now.milliseconds])
    }

    /// The history of `message`, oldest first.
    func steps(of message: MessageID, domain: DomainID, in db: Database) throws -> [Step] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT state, reason, attempt, at FROM smsDelivery WHERE domainId = ? AND messageId = ?
                ORDER BY id DESC LIMIT 200
                """, arguments: [domain, message]
        ).map { Step(state: $0["state"], reason: $0["reason"], attempt: $0["attempt"], at: $0["at"]) }.reversed()
    }

    private func move(
        _ message: MessageID, _ domain: DomainID, to state: DeliveryState, reason: String?, attempt: Int,
        in db: Database
    ) throws {
        guard try conversations.setState(state, reason: reason, of: message, isRetry: false, in: db) else { return }
        try note(state, reason: reason, attempt: attempt, of: message, domain: domain, in: db)
        try bury(message, isDead: state == .failed, domain, reason: reason, attempt: attempt, in: db)
    }

    private func bury(
        _ message: MessageID, isDead: Bool, _ domain: DomainID, reason: String?, attempt: Int, in db: Database
    ) throws {
        guard isDead else {
            return try db.cachedStatement(sql: "DELETE FROM smsDeadLetter WHERE messageId = ?")
                .execute(arguments: [message])
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO smsDeadLetter (domainId, messageId, reason, attempts, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (messageId) DO UPDATE SET reason = excluded.reason, attempts = excluded.attempts, at = excluded.at
                """
        ).execute(arguments: [domain, message, reason, attempt, clock.now.milliseconds])
    }
}
