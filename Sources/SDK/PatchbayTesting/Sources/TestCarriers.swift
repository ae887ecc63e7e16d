import PatchbaySDK
import Synchronization

/// The carriers that run in the test's portal: `simulator`, a `TestCarrier`, unless the test says otherwise.
public final class TestCarriers: Carriers, Sendable {
    private let carriers: Mutex<[PluginID: any SMSCarrier]>

    /// The carrier of the seeded numbers.
    public let simulator = TestCarrier()

    init() { carriers = Mutex([PluginID(rawValue: "simulator"): simulator]) }

    /// The carrier that the test has put in under that id.
    public func carrier(_ id: PluginID) -> (any SMSCarrier)? { carriers.withLock { $0[id] } }

    /// Puts `carrier` in as the plugin `id`; `nil` stops that plugin.
    public func set(_ carrier: (any SMSCarrier)?, as id: PluginID) { carriers.withLock { $0[id] = carrier } }
}

/// A carrier that keeps what it is given and answers from a script; without one it takes everything.
public final class TestCarrier: SMSCarrier, Sendable {
    private struct State {
        var submitted: [OutboundSMS] = []
        var failures: [CarrierError] = []
    }

    /// Whether it wants long messages part by part.
    public let takesParts: Bool
    /// The most submits at a time.
    public let window: Int
    private let state = Mutex(State())

    /// - Parameter window: The most submits at a time.
    public init(takesParts: Bool = true, window: Int = 10) {
        self.takesParts = takesParts
        self.window = window
    }

    /// Every submit so far, refused ones too, oldest first.
    public var submitted: [OutboundSMS] { state.withLock { $0.submitted } }

    /// Refuses the next submit that isn't spoken for yet with `error`.
    public func failNext(_ error: CarrierError) { state.withLock { $0.failures.append(error) } }

    /// Keeps the SMS, then fails as the script says, or answers an id.
    public func submit(_ sms: OutboundSMS) async throws -> String? {
        let failure = state.withLock { state in
            state.submitted.append(sms)
            return state.failures.isEmpty ? nil : state.failures.removeFirst()
        }
        if let failure { throw failure }
        return "carrier-\(sms.id)-\(sms.part)"
    }
}

/// Keeps what a carrier plugin brought in.
public final class TestSMSInbox: SMSInbox, Sendable {
    private struct State {
        var received: [InboundSMS] = []
        var reports: [DeliveryReport] = []
        var fault: PortalError?
    }

    private let state = Mutex(State())

    init() {}

    /// Every inbound SMS, repeats too, oldest first.
    public var received: [InboundSMS] { state.withLock { $0.received } }

    /// Every delivery report, oldest first.
    public var reports: [DeliveryReport] { state.withLock { $0.reports } }

    /// Refuses everything with `fault` from now on, as a full disk would; `nil` ends it.
    public func refuse(with fault: PortalError?) { state.withLock { $0.fault = fault } }

    /// Keeps an inbound SMS.
    ///
    /// - Throws: the fault of `refuse(with:)`, and keeps nothing.
    public func receive(_ sms: InboundSMS) async throws {
        try state.withLock { state in
            if let fault = state.fault { throw fault }
            state.received.append(sms)
        }
    }

    /// Keeps a delivery report.
    ///
    /// - Throws: the fault of `refuse(with:)`, and keeps nothing.
    public func report(_ report: DeliveryReport) async throws {
        try state.withLock { state in
            if let fault = state.fault { throw fault }
            state.reports.append(report)
        }
    }
}
