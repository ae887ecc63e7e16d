import Foundation
import PatchbaySDK

/// Adds to the figures; always in the transaction of what it counts.
struct Tally: Sendable {
    let directory: any Directory
    let clock: any PortalClock

    /// Counts a message on the day that it was stored, as it stands now.
    func add(_ placed: PlacedMessage, in db: Database) throws {
        let message = placed.message
        let day = try day(of: message.createdAt, in: message.domain, db)
        let isText = placed.kind == .sms
        let isInbound = message.state == .received
        try db.cachedStatement(
            sql: """
                INSERT INTO usageCount (domainId, day, number, userId, received, sent, segments, delivered, failed, chats,
                    newestPlace)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET received = received + excluded.received, sent = sent + excluded.sent,
                    segments = segments + excluded.segments, delivered = delivered + excluded.delivered,
                    failed = failed + excluded.failed, chats = chats + excluded.chats,
                    newestPlace = max(newestPlace, excluded.newestPlace)
                """
        ).execute(arguments: [
            message.domain, day.number, message.via?.e164 ?? "", message.author?.rawValue ?? "",
            isText && isInbound ? 1 : 0, isText && !isInbound ? 1 : 0, isText ? message.segments : 0,
            isText && message.state == .delivered ? 1 : 0, isText && message.state == .failed ? 1 : 0, isText ? 0 : 1,
            placed.place,
        ])
        guard isText else { return }
        if message.state == .failed { try count(1, reason: message.reason, on: day, of: message.domain, in: db) }
        if isInbound { try waits(message, in: db) } else if !message.isAutomatic { try answers(message, in: db) }
    }

    /// Moves a message that was counted to the column of its new state.
    func move(_ message: Message, from old: DeliveryState, reason: String?, in db: Database) throws {
        guard message.via != nil else { return }
        let day = try day(of: message.createdAt, in: message.domain, db)
        func step(_ state: DeliveryState) -> Int { (message.state == state ? 1 : 0) - (old == state ? 1 : 0) }
        try db.cachedStatement(
            sql: """
                UPDATE usageCount SET delivered = delivered + ?, failed = failed + ?
                WHERE domainId = ? AND day = ? AND number = ? AND userId = ?
                """
        ).execute(arguments: [
            step(.delivered), step(.failed), message.domain, day.number, message.via?.e164 ?? "",
            message.author?.rawValue ?? "",
        ])
        if old == .failed { try count(-1, reason: reason, on: day, of: message.domain, in: db) }
        if message.state == .failed { try count(1, reason: message.reason, on: day, of: message.domain, in: db) }
    }

    /// Counts opt-outs, and each video session once.
    func note(_ event: Event, in db: Database) throws {
        switch event.name {
        case "sms.opt-out.added": try count(.optOut, of: event.domain, in: db)
        case "video.session.changed":
            guard let session = event.body["sessionId"]?.string else { return }
            try db.execute(sql: "INSERT OR IGNORE INTO usageVideo VALUES (?)", arguments: [session])
            if db.changesCount == 1 { try count(.video, of: event.domain, in: db) }
        default: return
        }
    }

    /// What isn't a message.
    enum Deed: String, Sendable {
        case optOut
        case video
    }

    private func count(_ deed: Deed, of domain: DomainID, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO usageDeed VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
            arguments: [domain, try day(of: clock.now, in: domain, db).number, deed.rawValue])
    }

    private func count(_ step: Int, reason: String?, on day: Day, of domain: DomainID, in db: Database) throws {
        try db.cachedStatement(
            sql:
                "INSERT INTO usageReason VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET failed = failed + excluded.failed"
        ).execute(arguments: [domain, day.number, reason ?? "", step])
    }

    /// Somebody outside waits from the first text on that nobody has answered.
    private func waits(_ message: Message, in db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO usageWaiting VALUES (?, ?, ?)")
            .execute(arguments: [message.conversation, message.domain, message.createdAt.milliseconds])
    }

    private func answers(_ message: Message, in db: Database) throws {
        let since = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT since FROM usageWaiting WHERE conversationId = ?"),
            arguments: [message.conversation])
        guard let since else { return }
        try db.cachedStatement(sql: "DELETE FROM usageWaiting WHERE conversationId = ?")
            .execute(arguments: [message.conversation])
        let bucket = ReplyTime.bucket(of: message.createdAt.milliseconds - since)
        try db.cachedStatement(
            sql: "INSERT INTO usageReply VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET replies = replies + 1"
        ).execute(arguments: [message.domain, try day(of: message.createdAt, in: message.domain, db).number, bucket])
    }

    private func day(of moment: Date, in domain: DomainID, _ db: Database) throws -> Day {
        Day(of: moment, in: try directory.domain(domain, in: db)?.zone ?? .gmt)
    }
}
