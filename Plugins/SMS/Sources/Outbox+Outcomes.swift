import PatchbaySDK

/// What a carrier said to a submit.
enum SubmitOutcome: Sendable {
    case accepted(carrierMessageID: String?)
    case refused(CarrierError)
}

extension Outbox {
    /// Stores what became of `entry`'s attempt, and moves its message.
    func settle(_ entry: OutboxEntry, _ outcome: SubmitOutcome, in db: Database) throws {
        switch outcome {
        case .accepted(let id): try accept(entry, carrierMessageID: id, in: db)
        case .refused(.temporary(let reason)) where entry.attempt < entry.attemptLimit:
            try postpone(entry, reason: reason, in: db)
        case .refused(.temporary(let reason)), .refused(.permanent(let reason)):
            if try isUnderWay(entry, in: db) { try fail(entry.message, reason: reason, in: db) }
        }
        wakeWorker(after: db)
    }

    /// Stores what a carrier reports. A state only moves forward, so repeats and stragglers change nothing.
    ///
    /// - Returns: whether there is such a message.
    func apply(_ report: DeliveryReport, in db: Database) throws -> Bool {
        guard let entry = try OutboxEntry.find(report.message, part: report.part, in: db) else { return false }
        let next: OutboxState
        var reason: String?
        switch report.outcome {
        case .sent: next = .sent
        case .delivered: next = .delivered
        case .failed(let why): (next, reason) = (.failed, why)
        }
        // Sent again by hand and not handed over since: what comes is about an attempt that has ended. Only what has
        // arrived needs no other.
        let isUntried = entry.state == .queued && entry.attemptLimit - entry.attempt >= mostAttempts
        if isUntried, next != .delivered { return true }
        guard entry.state.delivery.mayBecome(next.delivery) else { return true }
        try db.cachedStatement(sql: "UPDATE smsOutbox SET state = ?, lastReason = ?, changedAt = ? WHERE id = ?")
            .execute(arguments: [next, reason, clock.now.milliseconds, entry.id])
        // A report can overtake the answer to the submit, or bring the answer that a crash has lost.
        if entry.state == .queued { try entry.lane.leave(entry.id, in: db) }
        try log.refresh(entry.message, domain: entry.domain, in: db)
        wakeWorker(after: db)
        return true
    }

    /// Gives `message` up: the parts that haven't gone out stay here.
    func fail(_ message: MessageID, reason: String, in db: Database) throws {
        let parts = try OutboxEntry.all(of: message, in: db)
        for entry in parts where entry.state.delivery == .pending {
            try db.cachedStatement(
                sql: "UPDATE smsOutbox SET state = 'failed', lastReason = ?, changedAt = ? WHERE id = ?"
            ).execute(arguments: [reason, clock.now.milliseconds, entry.id])
        }
        for entry in parts where entry.state.delivery == .pending { try entry.lane.leave(entry.id, in: db) }
        if let domain = parts.first?.domain { try log.refresh(message, domain: domain, in: db) }
    }

    private func accept(_ entry: OutboxEntry, carrierMessageID: String?, in db: Database) throws {
        let now = clock.now.milliseconds
        // "queued": a restart has given the row up in the meantime, and here is the answer after all.
        try db.cachedStatement(
            sql: """
                UPDATE smsOutbox SET state = 'accepted', lastReason = NULL, changedAt = ?
                WHERE id = ? AND attempt = ? AND state IN ('submitting', 'queued')
                """
        ).execute(arguments: [now, entry.id, entry.attempt])
        try db.cachedStatement(sql: "UPDATE smsOutbox SET carrierMessageId = ? WHERE id = ? AND attempt = ?")
            .execute(arguments: [carrierMessageID, entry.id, entry.attempt])
        guard db.changesCount == 1 else { return }
        try entry.lane.leave(entry.id, in: db)
        try log.refresh(entry.message, domain: entry.domain, in: db)
    }

    private func postpone(_ entry: OutboxEntry, reason: String, in db: Database) throws {
        guard try isUnderWay(entry, in: db) else { return }
        let delay = backoff.delay(after: entry.attempt, of: entry.id)
        let next = clock.now.milliseconds + delay.milliseconds
        try db.cachedStatement(
            sql: """
                UPDATE smsOutbox SET state = 'queued', notBeforeAt = ?, lastReason = ?, changedAt = ? WHERE id = ?
                """
        ).execute(arguments: [next, reason, clock.now.milliseconds, entry.id])
        try entry.lane.wait(until: next, in: db)
        try log.note(
            .pending, reason: reason, attempt: entry.attempt, of: entry.message, domain: entry.domain, in: db)
    }

    /// Whether the attempt of `entry` is still the one that counts. If a report has come first, the lane moves on.
    private func isUnderWay(_ entry: OutboxEntry, in db: Database) throws -> Bool {
        guard let stored = try OutboxEntry.find(entry.id, in: db), stored.attempt == entry.attempt else { return false }
        if stored.state == .submitting { return true }
        if stored.state != .queued { try entry.lane.leave(entry.id, in: db) }
        return false
    }
}
