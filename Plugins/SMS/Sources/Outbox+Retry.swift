import PatchbaySDK

extension Outbox {
    /// Queues what failed of `message` again. The message keeps its id, and the attempts go on counting.
    ///
    /// - Throws: `PortalError.conflict` (`sms.not-failed`) when nothing of it has failed; (`sms.retry-too-late`) when that
    ///   was so long ago that its rows are gone.
    func retry(_ message: Message, in db: Database) throws {
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
        // The number may have changed its carrier since.
        let carrier = try numbers.record(of: first.sms.from, in: db)?.carrier ?? first.carrier
        let now = clock.now.milliseconds
        for entry in failed {
            try db.execute(
                sql: """
                    UPDATE smsOutbox
                    SET state = 'queued', carrier = ?, attemptLimit = attempt + ?, notBeforeAt = 0, changedAt = ?
                    WHERE id = ?
                    """, arguments: [carrier, mostAttempts, now, entry.id])
        }
        try Lane(carrier: carrier, domain: first.domain, remote: first.remote).join(first.id, notBefore: 0, in: db)
        try log.reopen(
            message.id, domain: message.domain, reason: "Sent again by hand.", attempt: first.attempt, in: db)
        wakeWorker(after: db)
    }
}
