import PatchbaySDK

/// A running plugin with the task that supervises its `run()`.
struct LivePlugin: Sendable {
    let plugin: AdmittedPlugin
    let running: RunningPlugin
    /// Tells instances of the same plugin apart.
    let generation: Int
    /// Started by the registry and cancelled by it, when the plugin goes or the portal shuts down.
    var work: Task<Void, Never>?

    /// How long a `run()` may take to end once it is cancelled.
    static let patience = Duration.seconds(10)

    /// Cancels the background work and waits for its end.
    ///
    /// - Returns: `false` when the work hasn't ended within `patience`; it is left behind then.
    func end(clock: any PortalClock) async -> Bool {
        guard let work else { return true }
        work.cancel()
        return await Patience.outcome(within: Self.patience, clock: clock) { await work.value } != nil
    }
}
