import Foundation
import PatchbaySDK

/// A carrier without a network: customers' phones that live in the portal, to try things and to test with.
public struct SimulatorPlugin: Plugin, SMSCarrier, SelfTest, RecordKeeper {
    /// The id that manifest.json and the numbers' carrier field know the simulator by.
    public static let id = PluginID(rawValue: "simulator")
    /// The customers' phones with their messages, and the receipts that are due, oldest first.
    public static let migrations = SimulatorMigrations.all

    /// A real carrier that splits by itself shows the whole text on the handset; so does this one.
    public let takesParts = false
    /// The most submits at a time; from the setting `window`.
    public let window: Int

    private let context: PluginContext
    private let settings: SimulatorSettings
    private let phones: Phones
    private let receipts: Receipts

    /// Makes the plugin.
    ///
    /// - Throws: `PortalError.invalid` when the settings contradict each other.
    public init(context: PluginContext) throws {
        settings = try SimulatorSettings(context.settings)
        self.context = context
        window = settings.window
        phones = Phones(clock: context.clock, numbers: context.numbers)
        receipts = Receipts(context: context)
    }

    /// The page of the customers' phones and what it asks for, below `/api/v1/simulator/`.
    public var routes: [Route] { SimulatorRoutes(context: context, phones: phones).all }

    /// Says how good the network is that the settings play, and how its way back is protected.
    public func selfTest(of phone: TestedPhone?) async -> [Diagnosis] { NetworkTest(settings: settings).run() }

    /// Empties the simulated phone of somebody who is erased: unlike a real one, it lies in the portal's own file.
    public func forget(
        _ person: ErasedPerson, of domain: DomainID, atMost limit: Int, in db: Database
    ) throws -> Bool {
        guard case .outside(let phone) = person else { return false }
        return try phones.empty(phone, of: domain, atMost: limit, in: db)
    }

    /// Hands the receipts over when they are due, until it is cancelled.
    public func run() async throws { try await receipts.run() }

    /// Lets the SMS meet its seeded fate: latency, the customer's phone, receipts, a refusal or silence.
    public func submit(_ sms: OutboundSMS) async throws -> String? {
        let fate = Fate(of: sms, settings: settings)
        try await context.clock.sleep(for: fate.latency)
        let (phones, receipts) = (phones, receipts)
        let domain = try await context.store.write { db in
            try phones.logSubmit(of: sms, outcome: fate.answer.name, in: db)
            if fate.answer == .accepted || fate.reachesPhone { try receipts.schedule(fate.receipts, for: sms, in: db) }
            return fate.reachesPhone ? try phones.ring(with: sms, in: db) : nil
        }
        if let domain { context.events.signal(.phoneChanged(sms.to, in: domain)) }
        receipts.wake()
        if fate.receiptsComeFirst { try await receipts.deliverDue(of: sms.id) }
        switch fate.answer {
        case .accepted: return "simulator-\(sms.id)-\(sms.part)"
        case .refused(let error): throw error
        case .nothing:
            try await context.clock.sleep(for: settings.silence)
            throw CarrierError.temporary(reason: "The carrier did not answer in time.")
        }
    }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_simulator_stamp) public func patchbaySimulatorStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_simulator_plugin) public func patchbaySimulatorPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(SimulatorPlugin.self)
}
