import PatchbaySDK

/// The carriers that run now.
public struct RunningCarriers: Carriers {
    private let registry: PluginRegistry

    public init(_ registry: PluginRegistry) { self.registry = registry }

    public func carrier(_ id: PluginID) -> (any SMSCarrier)? { registry.snapshot.carriers[id] }
}

/// Brings what carriers have to the plugin that takes SMS in.
public struct RunningSMSInbox: SMSInbox {
    private let registry: PluginRegistry

    public init(_ registry: PluginRegistry) { self.registry = registry }

    public func receive(_ sms: InboundSMS) async throws { try await inbox().receive(sms) }

    public func report(_ report: DeliveryReport) async throws { try await inbox().report(report) }

    private func inbox() throws(PortalError) -> any SMSInbox {
        guard let inbox = registry.snapshot.smsInbox else {
            throw PortalError(
                .unavailable(retryAfter: .seconds(60)), id: "sms.not-running",
                "SMS can't be taken in just now. Deliver it again later.")
        }
        return inbox
    }
}
