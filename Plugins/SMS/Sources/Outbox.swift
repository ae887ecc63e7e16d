import Foundation
import PatchbaySDK

/// What waits for the carriers, and what has become of it. The queue is the table: a restart loses nothing.
struct Outbox: Sendable {
    let clock: any PortalClock
    let carriers: any Carriers
    let numbers: any Numbers
    let conversations: any Conversations
    let quiet: QuietRules
    let optOuts: OptOuts
    let log: DeliveryLog
    let mostAttempts: Int
    let backoff: Backoff
    private let alarm: UsageAlarm
    private let bell: Bell

    init(context: PluginContext, settings: SMSSettings, optOuts: OptOuts, bell: Bell) {
        clock = context.clock
        carriers = context.carriers
        numbers = context.numbers
        conversations = context.conversations
        quiet = QuietRules(context: context, settings: settings)
        self.optOuts = optOuts
        log = DeliveryLog(clock: context.clock, conversations: context.conversations)
        mostAttempts = settings.mostAttempts
        backoff = Backoff(shortest: settings.shortestRetry, longest: settings.longestRetry)
        alarm = UsageAlarm(context: context, limits: settings.limits)
        self.bell = bell
    }

    /// Queues `message`, in the parts that its carrier wants.
    ///
    /// - Throws: `PortalError` when the send gate was passed by: no text, no number, no carrier.
    func take(_ message: Message, of conversation: Conversation, in db: Database) throws -> Taken {
        guard let from = message.via, let remote = conversation.remote else { throw SendRules.numberMissing }
        guard let carrier = try numbers.record(of: from, in: db)?.carrier else { throw SendRules.noCarrier }
        let segmentation = Segmentation(message.text)
        guard !segmentation.parts.isEmpty else { throw SendRules.textEmpty }
        let takesParts = carriers.carrier(carrier)?.takesParts ?? true
        let texts = takesParts ? segmentation.parts : [message.text]
        let lane = Lane(carrier: carrier, domain: message.domain, remote: remote)
        // Nothing holds it: 0, so that the order within a lane is that of the rows, whatever the clock does.
        let time = message.hold?.until.milliseconds ?? 0
        let now = clock.now.milliseconds
        let reference = try Int.fetchOne(
            try db.cachedStatement(sql: "SELECT coalesce(max(id), 0) % 256 FROM smsOutbox"))
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO smsOutbox (domainId, messageId, authorId, part, parts, carrier, fromNumber, remote, text,
                    encoding, reference, state, attemptLimit, hold, notBeforeAt, createdAt, changedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?)
                """)
        for (index, text) in texts.enumerated() {
            try insert.execute(arguments: [
                message.domain, message.id, message.author, index + 1, texts.count, carrier, from, remote, text,
                segmentation.encoding.rawValue, reference, mostAttempts,
                message.hold == nil ? OutboxHold.none : .held, time, now, now,
            ])
            if index == 0 { try lane.join(Int(db.lastInsertedRowID), notBefore: time, in: db) }
        }
        try alarm.count(segmentation.parts.count, of: message.domain, in: db)
        let reason = message.hold == nil ? nil : "It waits for the end of the quiet hours."
        try log.note(.pending, reason: reason, attempt: 0, of: message.id, domain: message.domain, in: db)
        wakeWorker(after: db)
        return Taken(state: .pending, segments: segmentation.parts.count)
    }

    /// Takes what is due for `carrier` in hand: at most `limit`, each marked with its attempt before it goes out.
    func claim(for carrier: PluginID, limit: Int, in db: Database) throws -> [OutboxEntry] {
        let now = clock.now.milliseconds
        return try Lane.due(of: carrier, now: now, limit: limit, in: db).compactMap { id in
            guard let entry = try OutboxEntry.find(id, in: db) else { return nil }
            guard entry.state == .queued else {
                try entry.lane.leave(id, in: db)
                return nil
            }
            guard try mayGo(entry, in: db) else { return nil }
            try db.cachedStatement(
                sql: "UPDATE smsOutbox SET state = 'submitting', attempt = attempt + 1, changedAt = ? WHERE id = ?"
            ).execute(arguments: [now, id])
            try entry.lane.begin(in: db)
            return try OutboxEntry.find(id, in: db)
        }
    }

    /// Queues again what was under way when the program ended. The carrier may have had it: the next attempt says so.
    ///
    /// - Returns: how many rows.
    func recover(in db: Database) throws -> Int {
        try db.execute(
            sql: "UPDATE smsOutbox SET state = 'queued', notBeforeAt = 0 WHERE state = 'submitting'")
        let count = db.changesCount
        try db.execute(sql: "UPDATE smsLane SET isBusy = 0, nextAt = 0 WHERE isBusy = 1")
        try clockWasSet(by: .zero, in: db)
        return count
    }

    /// Keeps the pauses before next attempts as they were; at any rate none is longer than the longest that there is.
    func clockWasSet(by step: Duration, in db: Database) throws {
        try Lane.shiftRetries(
            by: step, latest: clock.now.milliseconds + backoff.longest.milliseconds, in: db)
    }

    /// Fails what waits for `remote` and hasn't gone out, such as after an opt-out.
    ///
    /// - Parameters:
    ///   - number: Only what goes out from this one of our numbers; `nil` for all.
    ///   - limit: How many messages at most; `nil` for all.
    /// - Returns: how many messages.
    @discardableResult
    func cancelQueued(
        to remote: String, through number: PhoneNumber?, in domain: DomainID, reason: String, atMost limit: Int? = nil,
        db: Database
    ) throws -> Int {
        let waiting = try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT messageId FROM smsOutbox INDEXED BY smsOutboxQueued
                WHERE carrier IN (SELECT carrier FROM smsLane WHERE domainId = ? AND remote = ?)
                    AND domainId = ? AND remote = ? AND state = 'queued' AND (?5 IS NULL OR fromNumber = ?5)
                LIMIT ?6
                """, arguments: [domain, remote, domain, remote, number, limit ?? -1])
        for message in waiting { try fail(MessageID(rawValue: message), reason: reason, in: db) }
        return waiting.count
    }

    /// Forgets how `message` went, and sends no more of it; what waits behind it goes on.
    func forget(_ message: MessageID, of domain: DomainID, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE smsOutbox SET state = 'failed' WHERE messageId = ? AND state IN ('queued', 'submitting')"
        ).execute(arguments: [message])
        for entry in try OutboxEntry.all(of: message, in: db) { try entry.lane.leave(entry.id, in: db) }
        try db.cachedStatement(sql: "DELETE FROM smsDeadLetter WHERE messageId = ?").execute(arguments: [message])
        try db.cachedStatement(sql: "DELETE FROM smsDelivery WHERE domainId = ? AND messageId = ?")
            .execute(arguments: [domain, message])
        try db.cachedStatement(sql: "DELETE FROM smsOutbox WHERE messageId = ?").execute(arguments: [message])
        wakeWorker(after: db)
    }

    /// Rings the worker's bell once the transaction under way is on disk.
    func wakeWorker(after db: Database) {
        let bell = bell
        db.afterNextTransaction(onCommit: { _ in bell.ring() })
    }
}
