import Foundation
import PatchbaySDK

/// Text messages: what may be sent, the outbox to the carriers, and what comes back from them.
public struct SMSPlugin: Plugin, MessageChannel, SendCheck, SMSInbox, RecordKeeper {
    /// The id that manifest.json, gates and routes know SMS by.
    public static let id = PluginID(rawValue: "sms")
    /// The outbox, the history of deliveries, opt-outs and inbound ids, oldest first.
    public static let migrations = SMSMigrations.all

    /// Carries the conversations with outside numbers.
    public let kind = ChannelKind.sms

    let context: PluginContext
    private let rules: SendRules
    let outbox: Outbox
    private let worker: OutboxWorker
    private let inbox: Inbox
    private let optOuts: OptOuts
    let limits: SendLimits.Table

    /// Makes the plugin.
    ///
    /// - Throws: `PortalError.invalid` when the settings contradict each other.
    public init(context: PluginContext) throws {
        let settings = try SMSSettings(context.settings)
        let bell = Bell()
        self.context = context
        limits = settings.limits
        optOuts = OptOuts(
            clock: context.clock, audit: context.audit, holdsForNumberOnly: settings.optOutHoldsForNumberOnly)
        outbox = Outbox(context: context, settings: settings, optOuts: optOuts, bell: bell)
        rules = SendRules(context: context, settings: settings, optOuts: optOuts)
        worker = OutboxWorker(context: context, settings: settings, outbox: outbox, bell: bell)
        inbox = Inbox(context: context, keywords: Keywords(settings), optOuts: optOuts, outbox: outbox)
    }

    /// Segments, history, retry, dead letters and opt-outs, below `/api/v1/sms/`.
    public var routes: [Route] {
        SMSRoutes(context: context, rules: rules, limits: limits, outbox: outbox, optOuts: optOuts).all
    }

    /// Works the outbox off until it is cancelled.
    public func run() async throws { try await worker.run() }

    /// Splits the message into parts and puts them into the outbox, inside the transaction that stores the message.
    public func take(_ message: Message, of conversation: Conversation, in db: Database) throws -> Taken {
        try outbox.take(message, of: conversation, in: db)
    }

    /// Forgets the texts in the outbox, and how the messages went.
    public func forget(_ messages: [MessageID], of domain: DomainID, in db: Database) throws {
        for message in messages { try outbox.forget(message, of: domain, in: db) }
    }

    /// Gives up what waits for somebody outside, and forgets what of theirs was for nobody. An opt-out stays: the law needs
    /// it to be honoured.
    public func forget(
        _ person: ErasedPerson, of domain: DomainID, atMost limit: Int, in db: Database
    ) throws -> Bool {
        guard case .outside(let remote) = person else { return false }
        let given = try outbox.cancelQueued(
            to: remote, through: nil, in: domain, reason: "The recipient's data was erased.", atMost: limit, db: db)
        try QuietRules.forget(remote, in: domain, db: db)
        return try inbox.forgetUnroutable(from: remote, of: domain, atMost: limit, in: db) || given == limit
    }

    /// Refuses what can't or mustn't be sent: from another's number, to somebody who has opted out, too fast, too long,
    /// with files. Holds what would come at night.
    public func check(_ draft: Draft, in db: Database) throws -> SendDecision { try rules.check(draft, in: db) }

    /// Stores a message that a carrier brings, once per carrier and id, and acts on STOP, START and HELP.
    public func receive(_ sms: InboundSMS) async throws { try await inbox.receive(sms) }

    /// Stores what a carrier says became of a part; repeats and steps back change nothing.
    public func report(_ report: DeliveryReport) async throws {
        let outbox = outbox
        let isKnown = try await context.store.write { db in try outbox.apply(report, in: db) }
        if !isKnown { context.log.info("report for an unknown message", ["message": report.message.rawValue]) }
    }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_sms_stamp) public func patchbaySMSStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_sms_plugin) public func patchbaySMSPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(SMSPlugin.self)
}
