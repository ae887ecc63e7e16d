import Foundation
import PatchbaySDK

/// What the send gate holds until later: it is asked again when the time has come, and people can decide before.
extension Outbox {
    static let notHeld = PortalError(
        .conflict, id: "sms.not-held", "This message no longer waits: it is on its way, or has been taken back.")

    /// Whether `entry` may go now. If not, it has been put off, given up or forgotten here.
    ///
    /// The gate is asked about what was held, and what was taken by day and has waited for its carrier into the night. Of a
    /// message that a part of has gone out, the rest goes too, but for somebody who has asked for no more meanwhile.
    func mayGo(_ entry: OutboxEntry, in db: Database) throws -> Bool {
        guard let message = try conversations.message(entry.message, in: db) else {
            return try forgetGone(entry, in: db)
        }
        // What waited when they asked was given up then; this was with its carrier.
        if entry.attempt > 0, !message.isComplianceReply,
            try optOuts.contains(entry.remote, through: message.via, in: entry.domain, db: db)
        {
            try fail(entry.message, reason: OptOuts.reason, in: db)
            return false
        }
        return try mayGo(entry, of: message, in: db)
    }

    private func forgetGone(_ entry: OutboxEntry, in db: Database) throws -> Bool {
        try forget(entry.message, of: entry.domain, in: db)
        return false
    }

    private func mayGo(_ entry: OutboxEntry, of message: Message, in db: Database) throws -> Bool {
        switch entry.hold {
        case .held: break
        case .released: return true
        case .none:
            guard entry.attempt == 0, entry.sms.part == 1,
                try quiet.hasCome(over: entry.remote, of: entry.domain, since: entry.createdAt, in: db)
            else { return true }
        }
        guard let conversation = try conversations.conversation(message.conversation, in: db) else {
            return try forgetGone(entry, in: db)
        }
        switch try conversations.decision(on: message.draft(in: conversation), in: db) {
        case .allow:
            try setHold(nil, .none, of: entry, in: db)
            return true
        case .hold(let hold):
            try putOff(entry, hold, in: db)
            try conversations.setHold(hold, of: entry.message, in: db)
        case .refuse(let refusal):
            if let pause = refusal.retryAfter {
                try putOff(entry, Hold(until: Date(milliseconds: clock.now.milliseconds + pause.milliseconds)), in: db)
            } else {
                try fail(entry.message, reason: refusal.message, in: db)
            }
        }
        return false
    }

    /// Lets what waits of `parts`, all of one message, go at once, whatever the hour.
    ///
    /// - Throws: `PortalError.conflict` (`sms.not-held`).
    func release(_ parts: [OutboxEntry], in db: Database) throws {
        let first = try held(parts)
        try setHold(nil, .released, of: first, in: db)
        try conversations.setHold(nil, of: first.message, in: db)
        try first.lane.join(first.id, notBefore: 0, in: db)
        wakeWorker(after: db)
    }

    /// Gives up a message that waits, all of whose rows are `parts`.
    ///
    /// - Throws: `PortalError.conflict` (`sms.not-held`).
    func takeBack(_ parts: [OutboxEntry], in db: Database) throws {
        _ = try held(parts)
        try discard(parts, reason: "Taken back before it was sent.", in: db)
    }

    private func held(_ parts: [OutboxEntry]) throws -> OutboxEntry {
        guard let first = parts.first, parts.allSatisfy({ $0.state == .queued && $0.hold == .held }) else {
            throw Self.notHeld
        }
        return first
    }

    private func putOff(_ entry: OutboxEntry, _ hold: Hold, in db: Database) throws {
        try setHold(hold, .held, of: entry, in: db)
        // Behind what may go before it.
        try entry.lane.leave(entry.id, in: db)
    }

    private func setHold(_ hold: Hold?, _ state: OutboxHold, of entry: OutboxEntry, in db: Database) throws {
        try db.cachedStatement(
            sql:
                "UPDATE smsOutbox SET hold = ?, notBeforeAt = ?, changedAt = ? WHERE messageId = ? AND state = 'queued'"
        ).execute(arguments: [state, hold?.until.milliseconds ?? 0, clock.now.milliseconds, entry.message])
    }
}

extension Message {
    /// The answer to STOP, START or HELP.
    var isComplianceReply: Bool { isAutomatic && author == nil }

    /// The message as it was when it came to the send gate, to be asked about again.
    func draft(in conversation: Conversation) -> Draft {
        let purpose: Draft.Purpose = isComplianceReply ? .complianceReply : isAutomatic ? .awayReply : .conversation
        return Draft(
            conversation: conversation, author: author.map(Draft.Author.user) ?? .plugin(SMSPlugin.id),
            purpose: purpose, text: text, from: via, attachments: attachments, clientID: clientID, message: id)
    }
}
