import Foundation
import PatchbaySDK

/// Text messages: what may be sent, the outbox to the carriers, and what comes back from them.
public struct SMSPlugin: Plugin, MessageChannel, SendCheck, SMSInbox {
    public static let id = PluginID(rawValue: "sms")
    public static let migrations = SMSMigrations.all

    public let kind = ChannelKind.sms

    private let context: PluginContext
    private let rules: SendRules
    private let outbox: Outbox
    private let worker: OutboxWorker
    private let inbox: Inbox
    private let optOuts: OptOuts

    public init(context: PluginContext) throws {
        let settings = try SMSSettings(context.settings)
        let bell = Bell()
        self.context = context
        optOuts = OptOuts(clock: context.clock, events: context.events, conversations: context.conversations)
        outbox = Outbox(context: context, settings: settings, bell: bell)
        rules = SendRules(context: context, settings: settings, optOuts: optOuts)
        worker = OutboxWorker(context: context, outbox: outbox, bell: bell)
        inbox = Inbox(context: context, keywords: Keywords(settings), optOuts: optOuts, outbox: outbox)
    }

    public var routes: [Route] {
        SMSRoutes(context: context, rules: rules, outbox: outbox, optOuts: optOuts).all
    }

    public func run() async throws { try await worker.run() }

    public func take(
        _ message: Message, of conversation: Conversation, notBefore: Date?, in db: Database
    ) throws -> Taken {
        try outbox.take(message, of: conversation, notBefore: notBefore, in: db)
    }

    public func check(_ draft: Draft, in db: Database) throws -> SendDecision { try rules.check(draft, in: db) }

    public func receive(_ sms: InboundSMS) async throws { try await inbox.receive(sms) }

    public func report(_ report: DeliveryReport) async throws {
        let outbox = outbox
        let isKnown = try await context.store.write { db in try outbox.apply(report, in: db) }
        if !isKnown { context.log.info("report for an unknown message", ["message": report.message.rawValue]) }
    }
}

@c(patchbay_sms_stamp) public func patchbaySMSStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
@c(patchbay_sms_plugin) public func patchbaySMSPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(SMSPlugin.self)
}
