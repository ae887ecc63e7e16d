import PatchbaySDK

/// Forgets old sessions, with who took part and what guests called themselves, and links that are over. Sessions of a
/// conversation under a legal hold stay.
struct Retention: Sendable {
    let context: PluginContext
    /// How long a session is remembered after its end.
    let kept: Duration

    /// Rows looked at in one transaction, so that nobody waits long for it.
    static let rowsAtATime = 200
    private static let interval = Duration.seconds(3600)

    /// Works until it is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            do {
                var last: Place? = Place(endedAt: 0, id: "")
                while let place = last { last = try await context.store.write { db in try step(after: place, in: db) } }
            } catch let error as PortalError where error.retryAfter != nil {
                context.log.warning("old video sessions not removed", ["error": error.id])
            }
            try await context.clock.sleep(for: Self.interval)
        }
    }

    /// A session in the order of their ends.
    struct Place: Sendable {
        let endedAt: Int
        let id: String
    }

    /// Looks at the next sessions after `place`, and forgets those that may be.
    ///
    /// - Returns: the last one looked at; `nil` when all that are left are too young.
    func step(after place: Place, in db: Database) throws -> Place? {
        let now = context.clock.now.milliseconds
        try db.execute(
            sql: """
                DELETE FROM videoGuestLink WHERE id IN (SELECT id FROM videoGuestLink WHERE expiresAt <= ? LIMIT ?)
                """, arguments: [now, Self.rowsAtATime])
        let linksAreLeft = db.changesCount == Self.rowsAtATime
        let old = try Row.fetchAll(
            db,
            sql: """
                SELECT id, conversationId, endedAt FROM videoSession
                WHERE endedAt <= ? AND (endedAt, id) > (?, ?) ORDER BY endedAt, id LIMIT ?
                """, arguments: [now - kept.milliseconds, place.endedAt, place.id, Self.rowsAtATime])
        for row in old {
            guard try !context.conversations.isHeld(row["conversationId"] as ConversationID, in: db) else { continue }
            try db.execute(sql: "DELETE FROM videoSession WHERE id = ?", arguments: [row["id"] as String])
        }
        guard let last = old.last, old.count == Self.rowsAtATime else { return linksAreLeft ? place : nil }
        return Place(endedAt: last["endedAt"], id: last["id"])
    }
}
