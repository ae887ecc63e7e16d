import PatchbaySDK

extension Outbox {
    /// Queues what failed of `message` again, now or when `hold` is over. The message keeps its id, and the attempts go on
    /// counting.
    ///
    /// - Throws: `PortalError.conflict` (`sms.not-failed`) when nothing of it has failed; (`sms.retry-too-late`) when that
    ///   was so long ago that its rows are gone.
    func retry(_ message: Message, hold: Hold?, in db: Database) throws {
        let all = try OutboxEntry.all(of: message.id, in: db)
        guard message.state != .failed || !all.isEmpty else {
            throw PortalError(
                .conflict, id: "sms.retry-too-late", "This message failed too long ago. Write it again.")
        }
        let failed = all.filter { $0.state == .failed }
        guard let first = failed.first, message.state == .failed else {
            throw PortalError(
                .conflict, id: "sms.not-failed", "Only a message that has failed can be sent again.")
        }
        try requeue(failed, first, hold, in: db)
    }

    /// Queues the failed ones among `parts`, all of one message, again.
    func retry(failed parts: [OutboxEntry], hold: Hold?, in db: Database) throws {
        let failed = parts.filter { $0.state == .failed }
        guard let first = failed.first else { return }
        try requeue(failed, first, hold, in: db)
    }

    /// Lets what waits for its next attempt go at once, unless its lane is busy. About what is held the gate is asked first.
    func hurry(_ parts: [OutboxEntry], in db: Database) throws {
        guard let first = parts.first(where: { $0.state == .queued }) else { return }
        try db.execute(
            sql: "UPDATE smsOutbox SET notBeforeAt = 0 WHERE messageId = ? AND state = 'queued'",
            arguments: [first.message])
        // The head goes first, whichever message it is of: nothing overtakes it.
        try db.execute(
            sql: """
                UPDATE smsLane SET nextAt = 0 WHERE carrier = ? AND domainId = ? AND remote = ? AND isBusy = 0
                """, arguments: [first.carrier, first.domain, first.remote])
        wakeWorker(after: db)
    }

    /// Gives up what waits of `parts`, all of one message, and takes it from the list of what was given up.
    func discard(_ parts: [OutboxEntry], reason: String, in db: Database) throws {
        guard let first = parts.first else { return }
        if parts.contains(where: { $0.state.delivery == .pending }) { try fail(first.message, reason: reason, in: db) }
        try db.execute(
            sql: "DELETE FROM smsDeadLetter WHERE domainId = ? AND messageId = ?",
            arguments: [first.domain, first.message])
        wakeWorker(after: db)
    }

    private func requeue(_ failed: [OutboxEntry], _ first: OutboxEntry, _ hold: Hold?, in db: Database) throws {
        // The number may have changed its carrier since.
        let carrier = try numbers.record(of: first.sms.from, in: db)?.carrier ?? first.carrier
        let now = clock.now.milliseconds
        let time = hold?.until.milliseconds ?? 0
        for entry in failed {
            try db.execute(
                sql: """
                    UPDATE smsOutbox
                    SET state = 'queued', carrier = ?, attemptLimit = attempt + ?, hold = ?, notBeforeAt = ?,
                        changedAt = ?
                    WHERE id = ?
                    """, arguments: [carrier, mostAttempts, hold == nil ? OutboxHold.none : .held, time, now, entry.id])
        }
        try Lane(carrier: carrier, domain: first.domain, remote: first.remote).join(first.id, notBefore: time, in: db)
        try conversations.setHold(hold, of: first.message, in: db)
        try log.reopen(
            first.message, domain: first.domain, reason: "Sent again by hand.", attempt: first.attempt, in: db)
        wakeWorker(after: db)
    }
}
