import Foundation
import PatchbaySDK

/// Carries SMS through a Kannel gateway: out by its sendsms interface, in and receipts by webhooks.
public struct KannelPlugin: Plugin, SMSCarrier, SelfTest {
    /// The id that manifest.json and the numbers' carrier field know Kannel by.
    public static let id = PluginID(rawValue: "kannel")

    /// Kannel cuts surrogate pairs and drops what is over its own limit; so Patchbay splits, and Kannel passes it on.
    public let takesParts = true
    /// The most requests to Kannel at a time; from the setting `window`.
    public let window: Int

    private let context: PluginContext
    private let settings: KannelSettings
    private let access = GatewayAccess()

    /// Makes the plugin.
    ///
    /// - Throws: `PortalError.invalid` (`kannel.weak-token`) for a webhook token that can be guessed.
    public init(context: PluginContext) throws {
        settings = try KannelSettings(context.settings)
        self.context = context
        window = settings.window
    }

    /// The webhooks that Kannel calls for inbound messages and receipts.
    public var routes: [Route] { KannelRoutes(inbox: context.smsInbox, settings: settings).all }

    /// Tries the way to Kannel and back; no phone is involved, and nothing is sent.
    public func selfTest(of phone: TestedPhone?) async -> [Diagnosis] {
        await GatewayTest(http: context.http, settings: settings, access: access).run()
    }

    /// Watches whether Kannel lets the portal in.
    public func run() async throws { try await access.watch(clock: context.clock) }

    /// Kannel has no id for a message that it takes; ours travels in the address of the receipt.
    public func submit(_ sms: OutboundSMS) async throws -> String? {
        let answer: OutboundAnswer
        do {
            answer = try await context.http.send(SendSMS.request(for: sms, settings: settings))
        } catch let error as PortalError {
            throw CarrierError.temporary(reason: "The gateway can't be reached: \(error.message)")
        }
        access.note(answer)
        if let refusal = SendSMS.refusal(in: answer) {
            context.log.warning(
                "sendsms refused",
                ["status": String(answer.status), "message": sms.id.rawValue, "to": "…" + sms.to.suffix(3)])
            throw refusal
        }
        return nil
    }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_kannel_stamp) public func patchbayKannelStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_kannel_plugin) public func patchbayKannelPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(KannelPlugin.self)
}
