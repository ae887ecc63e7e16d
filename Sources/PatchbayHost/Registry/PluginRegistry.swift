import Foundation
import Logging
import PatchbaySDK
import Synchronization

/// The plugins of this installation: which run, how they stand, and what they provide.
///
/// All reads are synchronous and cheap: they look at a snapshot that changes only when plugins start or stop.
public final class PluginRegistry: Sendable {
    /// Makes what a plugin may touch. Called once an instance.
    public typealias MakeContext = @Sendable (PluginDescription, Settings) -> PluginContext
    /// Brings a plugin's tables up to date.
    public typealias Migrate = @Sendable ([OwnedMigration]) throws -> Void
    /// Reads what administrators have changed over the manifest.
    public typealias LoadOverrides = @Sendable () throws -> PluginOverrides

    let manifestPath: String
    let source: any PluginSource
    let environment: [String: String]
    let clock: any PortalClock
    let log: Logger
    let migrate: Migrate
    let loadOverrides: LoadOverrides
    let state = Mutex(State())
    private let lastReload = Mutex<Task<[PluginStatus], Never>?>(nil)

    struct State {
        /// Counts instances, so that each can be told from the one before.
        var generation = 0
        var snapshot = RegistrySnapshot(running: [])
        var lives: [PluginID: LivePlugin] = [:]
        var statuses: [PluginStatus] = []
        var manifestFault: Decline?
        /// What the statuses come from; `nil` before the first start.
        var survey: PluginSurvey?
        var makeContext: MakeContext?
        var listeners: [@Sendable () -> Void] = []

        mutating func nextGeneration() -> Int {
            generation += 1
            return generation
        }
    }

    /// Makes a registry that runs nothing yet; `start` does.
    ///
    /// - Parameters:
    ///   - manifestPath: The file that every reload reads anew.
    ///   - environment: Where `{"$env": …}` looks.
    ///   - overrides: Read at every reload; nothing is changed when left out.
    public init(
        manifestPath: String, source: any PluginSource = LibraryLoader(),
        environment: [String: String] = ProcessInfo.processInfo.environment, clock: any PortalClock, log: Logger,
        overrides: @escaping LoadOverrides = { PluginOverrides() }, migrate: @escaping Migrate
    ) {
        self.manifestPath = manifestPath
        self.source = source
        self.environment = environment
        self.clock = clock
        self.log = log
        self.migrate = migrate
        loadOverrides = overrides
    }

    // MARK: Asking

    /// Whether the plugin runs, degraded or not.
    public func isRunning(_ id: PluginID) -> Bool { snapshot.byID[id] != nil }

    /// The running plugin.
    public func plugin(_ id: PluginID) -> RunningPlugin? { snapshot.byID[id] }

    /// The running plugin's instance.
    public func instance(_ id: PluginID) -> (any Plugin)? { snapshot.byID[id]?.instance }

    /// The running plugin's `plugin.json`.
    public func description(_ id: PluginID) -> PluginDescription? { snapshot.byID[id]?.description }

    /// The gates of the plugin's feature; `nil` for one that doesn't run.
    public func gateRules(_ id: PluginID) -> GateRules? { snapshot.byID[id]?.gateRules }

    /// All that run, in the manifest's order.
    public var running: [RunningPlugin] { snapshot.running }

    /// Every plugin of the manifest, in its order.
    public var statuses: [PluginStatus] { state.withLock { $0.statuses } }

    /// Why the manifest couldn't be read the last time; the plugins run on as before. `nil` when it could.
    public var manifestFault: Decline? { state.withLock { $0.manifestFault } }

    /// What carries messages of `kind`, if it runs.
    public func channel(_ kind: ChannelKind) -> (id: PluginID, channel: any MessageChannel)? {
        snapshot.channels[kind].map { ($0.id, $0.channel) }
    }

    /// The kinds of messages that are carried now.
    public var kinds: [ChannelKind] { Array(snapshot.channels.keys) }

    /// The further checks of the send gate, in the manifest's order.
    public var sendChecks: [any SendCheck] { snapshot.sendChecks }

    /// The scopes that have `permission` by default; `nil` when nothing running declares it.
    public func permission(_ permission: Permission) -> Set<Scope>? { snapshot.permissions[permission] }

    /// Whether the plugin may be chosen to carry messages: a carrier that runs, or a plugin of the manifest that doesn't run
    /// now. Before the manifest has been read, any.
    public func mayCarry(_ id: PluginID) -> Bool {
        if let instance = instance(id) { return instance is any SMSCarrier }
        let statuses = statuses
        return statuses.isEmpty || statuses.contains { $0.id == id }
    }

    /// Every permission that the portal or a running plugin declares.
    public var permissions: [Permission: Set<Scope>] { snapshot.permissions }

    /// The running plugins with a power, in the manifest's order: `providers(of: (any ContactLookup).self)`.
    public func providers<Power>(of power: Power.Type) -> [Power] {
        snapshot.running.compactMap { $0.instance as? Power }
    }

    /// Calls `body` after every change of what runs or how it stands, from any thread. It must be quick.
    public func onChange(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.listeners.append(body) } }

    // MARK: Changing

    /// Starts the plugins of the manifest.
    ///
    /// - Parameter makeContext: Kept for later reloads, until `shutdown()`.
    @discardableResult
    public func start(makingContextsWith makeContext: @escaping MakeContext) async -> [PluginStatus] {
        state.withLock { $0.makeContext = makeContext }
        return await reload()
    }

    /// Reads the manifest again and starts, stops and swaps plugins. Unchanged plugins run on undisturbed.
    ///
    /// A manifest that can't be read changes nothing but `manifestFault`. Concurrent calls run one after the other.
    @discardableResult
    public func reload() async -> [PluginStatus] {
        await enqueue { registry in await registry.readManifestAndApply() }
    }

    /// Ends the background work of all plugins, in the reverse order of their start, and forgets them.
    public func shutdown() async {
        _ = await enqueue { registry in
            await registry.stopEverything()
            return []
        }
    }

    /// Which instance of each plugin runs: another number is another instance.
    var generations: [PluginID: Int] { state.withLock { $0.lives.mapValues(\.generation) } }

    var snapshot: RegistrySnapshot { state.withLock { $0.snapshot } }

    func enqueue(_ deed: @escaping @Sendable (PluginRegistry) async -> [PluginStatus]) async -> [PluginStatus] {
        let task = lastReload.withLock { last in
            // Not cancelled by anybody: half a reload would leave plugins without supervision.
            let task = Task { [last] in
                _ = await last?.value
                return await deed(self)
            }
            last = task
            return task
        }
        return await task.value
    }
}

extension PluginRegistry: RunningChannels {}
