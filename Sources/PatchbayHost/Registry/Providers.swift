import PatchbaySDK

/// The carriers that run now.
public struct RunningCarriers: Carriers {
    private let registry: PluginRegistry

    /// Finds carriers among the plugins of `registry`.
    public init(_ registry: PluginRegistry) { self.registry = registry }

    /// The carrier, if that plugin runs and is one.
    public func carrier(_ id: PluginID) -> (any SMSCarrier)? { registry.snapshot.carriers[id] }
}

/// Brings what carriers have to the plugin that takes SMS in.
public struct RunningSMSInbox: SMSInbox {
    private let registry: PluginRegistry
    private let desk: CarrierDesk

    /// Finds the SMS plugin in `registry`; `desk` sees what passes.
    public init(_ registry: PluginRegistry, desk: CarrierDesk) {
        self.registry = registry
        self.desk = desk
    }

    /// Hands an inbound SMS to the SMS plugin.
    ///
    /// - Throws: `PortalError.unavailable` (`sms.not-running`) while there is none.
    public func receive(_ sms: InboundSMS) async throws {
        try await inbox().receive(sms)
        desk.note(sms)
    }

    /// Hands a receipt to the SMS plugin, unless it is one for a test message.
    ///
    /// - Throws: `PortalError.unavailable` (`sms.not-running`) while there is none.
    public func report(_ report: DeliveryReport) async throws {
        if desk.take(report) { return }
        try await inbox().report(report)
    }

    private func inbox() throws(PortalError) -> any SMSInbox {
        guard let inbox = registry.snapshot.smsInbox else {
            throw PortalError(
                .unavailable(retryAfter: .seconds(60)), id: "sms.not-running",
                "SMS can't be taken in just now. Deliver it again later.")
        }
        return inbox
    }
}
