import Foundation
import Logging
import PatchbaySDK

/// The whole host, put together: what the HTTP server and the commands work with.
public final class Portal: Sendable {
    /// Where a portal's things lie.
    public struct Places: Sendable {
        public let manifest: String
        public let store: String

        /// - Parameters:
        ///   - manifest: The path of `manifest.json`.
        ///   - store: The path of the SQLite file; uploaded files go beside it, into `….files`.
        public init(manifest: String, store: String) {
            self.manifest = manifest
            self.store = store
        }
    }

    /// Makes the outbound HTTP of a plugin that may reach these hosts.
    public typealias MakeHTTP = @Sendable (PluginID, Set<OutboundAddress>) -> any OutboundHTTP

    public let store: PortalStore
    public let events: EventLog
    public let directory: DirectoryStore
    public let numbers: NumberStore
    public let contacts: ContactBook
    public let passwords: Passwords
    public let sessions: SessionStore
    public let tokens: TokenStore
    public let gates: Gates
    public let messaging: Messaging
    public let attachments: AttachmentStore
    public let plugins: PluginRegistry
    public let permissions: RunningPermissions
    public let presence: any PhonePresence
    public let clock: any PortalClock
    public let log: Logger
    let adapterFeatures = AdapterFeatures()
    let presenceNews: PresenceNews
    private let makeHTTP: MakeHTTP

    /// Opens the store, brings its tables up to date and puts the host together. No plugin runs yet.
    ///
    /// - Throws: `PortalError` when the store can't be opened or is newer than this program.
    public init(
        _ places: Places, passwords: Passwords = Passwords(), clock: any PortalClock = SystemClock(), log: Logger,
        source: any PluginSource = LibraryLoader(), makeHTTP: @escaping MakeHTTP
    ) throws {
        self.clock = clock
        self.log = log
        self.passwords = passwords
        self.makeHTTP = makeHTTP
        let store = try PortalStore.open(at: places.store)
        try store.migrate(Self.migrations)
        let events = try EventLog(store: store, clock: clock)
        let plugins = PluginRegistry(manifestPath: places.manifest, source: source, clock: clock, log: log) {
            try store.migrate($0)
        }
        let adapterFeatures = adapterFeatures
        let numbers = NumberStore(
            clock: clock, events: events, adapterFeatures: { adapterFeatures.features(of: $0) },
            assignmentChanged: { try Messaging.assignmentChanged($0, $1, isAssigned: $2, in: $3) })
        let contacts = ContactBook(store: store, clock: clock, events: events)
        let gates = Gates(numbers: numbers) { plugins.gateRules($0) }
        let directory = DirectoryStore(clock: clock) { events.isConnected($0) }
        self.store = store
        self.events = events
        self.plugins = plugins
        self.numbers = numbers
        self.contacts = contacts
        self.gates = gates
        self.directory = directory
        sessions = SessionStore(store: store, clock: clock, directory: directory, passwords: passwords) { session in
            events.disconnect(session: session.rawValue)
        }
        tokens = TokenStore(store: store, clock: clock)
        messaging = Messaging(
            store: store, events: events, gates: gates, numbers: numbers, contacts: contacts, clock: clock)
        attachments = AttachmentStore(folder: places.store + ".files", store: store, clock: clock)
        permissions = RunningPermissions(plugins)
        presence = RunningPresence(plugins)
        presenceNews = PresenceNews(events: events)
        messaging.attach(plugins)
        let statusFile = StatusFile(store: places.store)
        plugins.onChange { [events, plugins, log] in
            Self.tellEverybody(events)
            do { try statusFile.write(plugins.statuses) } catch {
                log.warning("plugin statuses not written", metadata: ["error": "\(error.localizedDescription)"])
            }
        }
    }

    /// The tables of the host itself.
    public static var migrations: [OwnedMigration] {
        [EventMigrations.all, DirectoryMigrations.all, GateMigrations.all, MessagingMigrations.all].flatMap { $0 }
            .map { OwnedMigration(owner: "core", $0) }
    }

    /// Starts the plugins of the manifest. Those that can't run are declined; the host runs on.
    @discardableResult
    public func startPlugins() async -> [PluginStatus] {
        let context = PluginContexts(portal: self, makeHTTP: makeHTTP)
        return await plugins.start { description, settings in context.context(description, settings) }
    }

    /// Ends plugins, streams and the store, in this order.
    public func shutdown() async throws {
        await plugins.shutdown()
        events.disconnectAll()
        try store.close()
    }

    /// Tells every open tab that what it may do has changed.
    static func tellEverybody(_ events: EventLog) {
        for domain in events.domains {
            events.signal(Event("feature.changed", in: domain, to: .domain, [:]))
        }
    }
}
