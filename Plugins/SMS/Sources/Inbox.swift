import Foundation
import PatchbaySDK

/// Takes in what carriers bring: stores it once, and acts on STOP, START and HELP.
struct Inbox: Sendable {
    private let context: PluginContext
    private let keywords: Keywords
    private let optOuts: OptOuts
    private let outbox: Outbox

    init(context: PluginContext, keywords: Keywords, optOuts: OptOuts, outbox: Outbox) {
        self.context = context
        self.keywords = keywords
        self.optOuts = optOuts
        self.outbox = outbox
    }

    /// Stores `sms`; a repeat is a no-op. One that is for nobody is kept aside, so that the carrier stops repeating it.
    func receive(_ sms: InboundSMS) async throws {
        do {
            try await context.store.write { db in try store(sms, in: db) }
        } catch let error as PortalError where Self.isForNobody(error) {
            context.log.warning(
                "inbound message for nobody",
                [
                    "carrier": sms.carrier.rawValue, "from": Remote.masked(sms.from), "to": sms.to.masked,
                    "reason": error.id,
                ])
            try await context.store.write { db in try keepAside(sms, reason: error.id, in: db) }
        }
    }

    private static func isForNobody(_ error: PortalError) -> Bool {
        switch error.code {
        case .invalid, .forbidden, .notFound, .conflict: true
        case .unauthenticated, .tooLarge, .rateLimited, .unavailable: false
        }
    }

    private func store(_ sms: InboundSMS, in db: Database) throws {
        let now = context.clock.now.milliseconds
        try db.cachedStatement(
            sql: """
                INSERT INTO smsInbound (carrier, carrierMessageId, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [sms.carrier, sms.carrierMessageID, now])
        guard db.changesCount == 1 else { return }
        guard let record = try context.numbers.record(of: sms.to, in: db) else {
            throw PortalError(.notFound, id: "sms.number-unknown", "This number is none of ours.")
        }
        guard try context.numbers.has(.sms, sms.to, in: db) else {
            throw PortalError(.forbidden, id: "sms.number-without-sms", "SMS is switched off for this number.")
        }
        let message = try context.conversations.receive(
            Arrival(kind: .sms, domain: record.domain, remote: sms.from, to: sms.to, text: sms.text), in: db)
        try db.cachedStatement(
            sql: "UPDATE smsInbound SET domainId = ?, messageId = ? WHERE carrier = ? AND carrierMessageId = ?"
        ).execute(arguments: [record.domain, message.id, sms.carrier, sms.carrierMessageID])
        try QuietRules.heard(sms.from, in: record.domain, at: context.clock.now, db: db)
        try act(on: message, from: sms, in: db)
    }

    private func keepAside(_ sms: InboundSMS, reason: String, in db: Database) throws {
        let now = context.clock.now.milliseconds
        try db.execute(
            sql: "INSERT INTO smsInbound (carrier, carrierMessageId, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [sms.carrier, sms.carrierMessageID, now])
        try db.execute(
            sql: """
                INSERT INTO smsUnroutable (carrier, carrierMessageId, sender, recipient, text, reason, at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
            arguments: [sms.carrier, sms.carrierMessageID, sms.from, sms.to, sms.text, reason, now])
        guard db.changesCount == 1 else { return }
        try heedStop(sms, in: db)
    }

    /// Who asks for no more messages has asked for it, also where a number of ours takes no messages now.
    private func heedStop(_ sms: InboundSMS, in db: Database) throws {
        guard let match = keywords.match(sms.text), match.meaning == .stop,
            let domain = try context.numbers.record(of: sms.to, in: db)?.domain,
            try optOuts.stop(
                sms.from, in: domain, ourNumber: sms.to, by: .keyword(match.word, message: nil), db: db)
        else { return }
        try outbox.cancelQueued(
            to: sms.from, through: optOuts.scope(of: sms.to), in: domain, reason: OptOuts.reason, db: db)
    }

    /// Forgets what `sender` has written to numbers of `domain` that take no SMS.
    ///
    /// - Returns: whether there may be more.
    func forgetUnroutable(from sender: String, of domain: DomainID, atMost limit: Int, in db: Database) throws -> Bool {
        let recipients = try String.fetchAll(
            db, sql: "SELECT DISTINCT recipient FROM smsUnroutable WHERE sender = ?", arguments: [sender])
        var count = 0
        for recipient in recipients {
            guard let ours = PhoneNumber(e164: recipient),
                try context.numbers.record(of: ours, in: db)?.domain == domain
            else { continue }
            try db.execute(
                sql: """
                    DELETE FROM smsUnroutable WHERE (carrier, carrierMessageId) IN (
                        SELECT carrier, carrierMessageId FROM smsUnroutable WHERE sender = ? AND recipient = ? LIMIT ?)
                    """, arguments: [sender, recipient, limit - count])
            count += db.changesCount
        }
        return count == limit
    }

    private func act(on message: Message, from sms: InboundSMS, in db: Database) throws {
        guard let match = keywords.match(sms.text) else {
            guard keywords.isSuspect(sms.text) else { return }
            let members = try context.conversations.members(of: message.conversation, in: db)
            return try context.events.publish(.optOutSuspected(message, members: members), in: db)
        }
        let domain = message.domain
        let evidence = OptOuts.Evidence.keyword(match.word, message: message.id)
        switch match.meaning {
        case .stop:
            guard try optOuts.stop(sms.from, in: domain, ourNumber: sms.to, by: evidence, db: db) else { return }
            try outbox.cancelQueued(
                to: sms.from, through: optOuts.scope(of: sms.to), in: domain, reason: OptOuts.reason, db: db)
            let members = try context.conversations.members(of: message.conversation, in: db)
            try context.events.publish(.optedOut(message.conversation, in: domain, members: members), in: db)
        case .start:
            // “Yes” is an ordinary answer of those who haven't opted out.
            guard try optOuts.start(sms.from, in: domain, ourNumber: sms.to, by: evidence, db: db) else { return }
            let members = try context.conversations.members(of: message.conversation, in: db)
            try context.events.publish(.optedIn(message.conversation, in: domain, members: members), in: db)
        case .help: break
        }
        try answer(match.answer, to: message, through: sms.to, in: db)
    }

    private func answer(_ text: String, to message: Message, through number: PhoneNumber, in db: Database) throws {
        guard let conversation = try context.conversations.conversation(message.conversation, in: db) else { return }
        let name = try context.directory.domain(message.domain, in: db)?.name ?? message.domain.rawValue
        let draft = Draft(
            conversation: conversation, author: .plugin(SMSPlugin.id), purpose: .complianceReply,
            text: text.replacing("{domain}", with: name), from: number)
        do {
            _ = try context.conversations.send(draft, in: db)
        } catch let error as PortalError where error.retryAfter == nil {
            // The gate says no before anything is stored; the message from outside must not be lost for it.
            context.log.warning("keyword not answered", ["message": message.id.rawValue, "reason": error.id])
        }
    }
}
