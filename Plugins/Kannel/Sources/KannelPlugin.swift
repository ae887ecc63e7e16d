import Foundation
import PatchbaySDK

/// Carries SMS through a Kannel gateway: out by its sendsms interface, in and receipts by webhooks.
public struct KannelPlugin: Plugin, SMSCarrier {
    public static let id = PluginID(rawValue: "kannel")

    /// Kannel cuts surrogate pairs and drops what is over its own limit; so Patchbay splits, and Kannel passes it on.
    public let takesParts = true
    public let window: Int

    private let context: PluginContext
    private let settings: KannelSettings

    public init(context: PluginContext) throws {
        settings = try KannelSettings(context.settings)
        self.context = context
        window = settings.window
    }

    public var routes: [Route] { KannelRoutes(inbox: context.smsInbox, settings: settings).all }

    /// Kannel has no id for a message that it takes; ours travels in the address of the receipt.
    public func submit(_ sms: OutboundSMS) async throws -> String? {
        let answer: OutboundAnswer
        do {
            answer = try await context.http.send(SendSMS.request(for: sms, settings: settings))
        } catch let error as PortalError {
            throw CarrierError.temporary(reason: "The gateway can't be reached: \(error.message)")
        }
        if let refusal = SendSMS.refusal(in: answer) {
            context.log.warning(
                "sendsms refused",
                ["status": String(answer.status), "message": sms.id.rawValue, "to": "…" + sms.to.suffix(3)])
            throw refusal
        }
        return nil
    }
}

@c(patchbay_kannel_stamp) public func patchbayKannelStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
@c(patchbay_kannel_plugin) public func patchbayKannelPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(KannelPlugin.self)
}
