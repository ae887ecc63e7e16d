import Foundation
import PatchbaySDK

/// What the send gate asks of an SMS: a number of the author's own that has SMS and a carrier, somebody who can be
/// answered and hasn't opted out, a text that fits, and not too many at once.
struct SendRules: Sendable {
    static let numberMissing = PortalError(
        .invalid, id: "sms.number-missing", "Choose the number to send from.")
    static let noCarrier = PortalError(
        .forbidden, id: "sms.no-carrier",
        "No carrier is chosen for this number, so it can't send. Ask your administrator to choose one.")
    static let textEmpty = PortalError(.invalid, id: "sms.text-empty", "Type a text to send.")

    private let numbers: any Numbers
    private let carriers: any Carriers
    private let clock: any PortalClock
    private let optOuts: OptOuts
    private let messagesPerMinute: Int
    private let mostSegments: Int
    private let fraud: FraudRules
    private let quiet: QuietRules

    init(context: PluginContext, settings: SMSSettings, optOuts: OptOuts) {
        numbers = context.numbers
        carriers = context.carriers
        clock = context.clock
        self.optOuts = optOuts
        messagesPerMinute = settings.messagesPerMinute
        mostSegments = settings.mostSegments
        fraud = FraudRules(clock: context.clock, limits: settings.limits)
        quiet = QuietRules(context: context, settings: settings)
    }

    /// The first rule that `draft` breaks decides. An empty text is the composer's question, and passes.
    func check(_ draft: Draft, in db: Database) throws -> SendDecision {
        guard draft.conversation.kind == .sms else { return .allow }
        let refusal =
            try objectionToAddresses(of: draft, in: db) ?? objectionToOptOut(of: draft, in: db)
            ?? fraud.objection(to: draft, in: db)
            ?? objectionToRate(of: draft, in: db) ?? objectionToContent(of: draft)
        if let refusal { return .refuse(refusal) }
        return try quiet.hold(draft, in: db).map(SendDecision.hold) ?? .allow
    }

    /// Until when `draft` has to wait, if it has to.
    ///
    /// - Throws: the first rule that it breaks.
    func hold(_ draft: Draft, in db: Database) throws -> Hold? {
        switch try check(draft, in: db) {
        case .allow: return nil
        case .hold(let hold): return hold
        case .refuse(let refusal): throw refusal
        }
    }

    private func objectionToAddresses(of draft: Draft, in db: Database) throws -> PortalError? {
        guard let remote = draft.conversation.remote, Remote.canBeAnswered(remote) else {
            return PortalError(
                .invalid, id: "sms.not-repliable",
                "This sender has no number, so it can't be answered. Use another way to reach it.")
        }
        guard let from = draft.from else { return Self.numberMissing }
        guard let record = try numbers.record(of: from, in: db), record.domain == draft.conversation.domain,
            try isAssigned(from, to: draft.author, in: db)
        else {
            return PortalError(
                .forbidden, id: "sms.number-not-assigned",
                "This number isn't assigned to you. Choose one of your own numbers, or ask your administrator.")
        }
        guard try numbers.has(.sms, from, in: db) else {
            return PortalError(
                .forbidden, id: "sms.number-without-sms",
                "SMS is switched off for this number. Choose another one, or ask your administrator.")
        }
        guard let carrier = record.carrier else { return Self.noCarrier }
        guard carriers.carrier(carrier) != nil else {
            return PortalError(
                .unavailable(retryAfter: .seconds(60)), id: "sms.carrier-not-running",
                "The carrier of this number isn't running just now. Try again in a minute, or ask your administrator.")
        }
        return nil
    }

    private func isAssigned(_ number: PhoneNumber, to author: Draft.Author, in db: Database) throws -> Bool {
        guard case .user(let user) = author else { return true }
        return try numbers.users(of: number, in: db).contains(user)
    }

    private func objectionToOptOut(of draft: Draft, in db: Database) throws -> PortalError? {
        guard draft.purpose != .complianceReply, let remote = draft.conversation.remote,
            try optOuts.contains(remote, through: draft.from, in: draft.conversation.domain, db: db)
        else { return nil }
        return PortalError(
            .forbidden, id: "sms.recipient-opted-out",
            "This number has asked for no more messages. It can write START to get them again.")
    }

    private func objectionToRate(of draft: Draft, in db: Database) throws -> PortalError? {
        guard case .user(let user) = draft.author, draft.message == nil else { return nil }
        let now = clock.now.milliseconds
        // The one that fills the minute, if there are so many.
        let oldest = try Int.fetchOne(
            try db.cachedStatement(
                sql: """
                    SELECT createdAt FROM smsOutbox
                    WHERE domainId = ? AND authorId = ? AND part = 1 AND createdAt > ? AND createdAt <= ?
                    ORDER BY createdAt DESC LIMIT 1 OFFSET ?
                    """),
            arguments: [draft.conversation.domain, user, now - 60_000, now, messagesPerMinute - 1])
        guard let oldest else { return nil }
        let wait = Duration.milliseconds(max(1000, oldest + 60_000 - now))
        return PortalError(
            .rateLimited(retryAfter: wait), id: "sms.too-many",
            "You have sent \(messagesPerMinute) messages within a minute, which is the limit. Wait a moment.")
    }

    private func objectionToContent(of draft: Draft) -> PortalError? {
        guard draft.attachments.isEmpty else {
            return PortalError(
                .invalid, id: "sms.no-attachments", "An SMS can't carry files. Send them another way.")
        }
        guard !draft.text.isEmpty else { return nil }
        guard draft.text.contains(where: { !$0.isWhitespace }) else { return Self.textEmpty }
        guard !draft.text.unicodeScalars.contains("\0") else {
            return PortalError(
                .invalid, id: "sms.text-unreadable", "The text holds a character that phones can't show. Remove it.")
        }
        let segmentation = Segmentation(draft.text)
        guard segmentation.parts.count > mostSegments else { return nil }
        let each = segmentation.encoding == .gsm7 ? 153 : 67
        return PortalError(
            .invalid, id: "sms.text-too-long",
            "This text takes \(segmentation.parts.count) SMS (\(segmentation.units) characters); \(mostSegments) SMS "
                + "(\(mostSegments * each) characters) are the most. Shorten it or send it in several messages.",
            details: ["segments": String(segmentation.parts.count), "mostSegments": String(mostSegments)])
    }
}
