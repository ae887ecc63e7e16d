import PatchbaySDK

/// Counts messages as they are stored and shows managers what their company uses.
///
/// Every figure is a row that changes in the transaction of what it counts, so a page reads a few rows however many
/// messages there are, and a kill at any moment leaves figures and messages agreeing.
public struct UsageStatsPlugin: Plugin {
    /// The id that manifest.json and the routes know the statistics by.
    public static let id = PluginID(rawValue: "usage")
    /// Figures by day, number and person; reply times; how far a recount is.
    public static let migrations = UsageMigrations.all

    let context: PluginContext
    let tally: Tally
    let recount: Recount

    /// Keeps what the context offers. Quick, and without I/O.
    public init(context: PluginContext) throws {
        self.context = context
        tally = Tally(directory: context.directory, clock: context.clock)
        recount = Recount(context: context, tally: tally)
    }

    /// Counts what was stored while the plugin didn't run, what an administrator wants counted anew, and domains that
    /// have moved to another time zone.
    public func run() async throws { try await recount.run() }
}

extension UsageStatsPlugin: MessageWitness {
    /// Counts a message on the day that it was stored.
    public func stored(_ message: Message, of kind: ChannelKind, at place: Int, in db: Database) throws {
        guard try recount.hasPassed(place, of: message.domain, in: db) else { return }
        try tally.add(PlacedMessage(place: place, kind: kind, message: message), in: db)
    }

    /// Moves a message from one column to another, on the day that it was stored.
    public func changed(_ message: Message, from old: DeliveryState, reason: String?, in db: Database) throws {
        // What the recount hasn't come to yet it will find as it stands then.
        let hasPassed = try recount.hasPassed(
            context.oversight.place(of: message.id, in: db), of: message.domain, in: db)
        guard hasPassed else { return }
        try tally.move(message, from: old, reason: reason, in: db)
    }

    /// Counts opt-outs and video sessions.
    public func published(_ event: Event, in db: Database) throws { try tally.note(event, in: db) }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_usage_stamp) public func patchbayUsageStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_usage_plugin) public func patchbayUsagePlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(UsageStatsPlugin.self)
}
