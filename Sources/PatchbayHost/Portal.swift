import Foundation
import Logging
import PatchbaySDK

/// The whole host, put together: what the HTTP server and the commands work with.
public final class Portal: Sendable {
    /// Where a portal's things lie.
    public struct Places: Sendable {
        /// Path of `manifest.json`; relative paths in it start from its folder.
        public let manifest: String
        /// Path of the SQLite file; attachments lie beside it.
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

    /// Makes the outbound TCP of a plugin that may reach these hosts.
    public typealias MakeNetwork = @Sendable (PluginID, Set<OutboundAddress>) -> any OutboundNetwork

    /// The one SQLite file.
    public let store: PortalStore
    /// The log of news, and the streams that read it.
    public let events: EventLog
    /// Domains and users.
    public let directory: DirectoryStore
    /// Our numbers and who has them.
    public let numbers: NumberStore
    /// Personal and shared address books.
    public let contacts: ContactBook
    /// Hashes and checks passwords.
    public let passwords: Passwords
    /// Sessions of browsers.
    public let sessions: SessionStore
    /// Tokens of programs.
    public let tokens: TokenStore
    /// Which features are switched on for whom.
    public let gates: Gates
    /// Conversations and messages.
    public let messaging: Messaging
    /// Messages that wait for their time.
    public let scheduled: ScheduledMessages
    /// Calls placed from the portal.
    public let calls: Calls
    /// Uploaded files.
    public let attachments: AttachmentStore
    /// The plugins that run, and how the others stand.
    public let plugins: PluginRegistry
    /// What a user may do, narrowed by plugins.
    public let permissions: RunningPermissions
    /// Who has the portal in front.
    public let front: PortalFront
    /// How browsers are told while the portal is closed; `nil` when the operator hasn't set it up.
    public let push: PushDelivery?
    /// What phones are doing, by the PBX adapters.
    public let presence: any PhonePresence
    /// The time that everything here goes by.
    public let clock: any PortalClock
    /// Where the host's log lines go.
    public let log: Logger
    /// When it was put together.
    public let startedAt: Date
    /// What carriers have brought since the start, and the test messages that are under way.
    public let carriers: CarrierDesk
    /// Rung when somebody is to be erased.
    public let erasureBell = Bell()
    let adapterFeatures = AdapterFeatures()
    let presenceNews: PresenceNews
    let phoneNews: PhoneNews
    private let makeHTTP: MakeHTTP
    private let makeNetwork: MakeNetwork

    /// Opens the store, brings its tables up to date and puts the host together. No plugin runs yet.
    ///
    /// - Throws: `PortalError` when the store can't be opened or is newer than this program, or the key of Web Push is
    ///   unusable.
    public init(
        _ places: Places, passwords: Passwords = Passwords(), clock: any PortalClock = SystemClock(), log: Logger,
        source: any PluginSource = LibraryLoader(), push setup: PushSetup? = nil, makeHTTP: @escaping MakeHTTP,
        makeNetwork: @escaping MakeNetwork
    ) throws {
        self.clock = clock
        self.log = log
        startedAt = clock.now
        carriers = CarrierDesk(clock: clock)
        self.passwords = passwords
        self.makeHTTP = makeHTTP
        self.makeNetwork = makeNetwork
        let store = try PortalStore.open(at: places.store)
        try store.migrate(Self.migrations)
        let events = try EventLog(store: store, clock: clock)
        let plugins = PluginRegistry(manifestPath: places.manifest, source: source, clock: clock, log: log) {
            try PluginOverrides(keptIn: store)
        } migrate: {
            try store.migrate($0)
        }
        let adapterFeatures = adapterFeatures
        let numbers = NumberStore(
            clock: clock, events: events, adapterFeatures: { adapterFeatures.features(of: $0) },
            isCarrier: { plugins.mayCarry($0) },
            assignmentChanged: { try Messaging.assignmentChanged($0, $1, isAssigned: $2, in: $3) })
        let contacts = ContactBook(store: store, clock: clock, events: events)
        let gates = Gates(numbers: numbers) { plugins.gateRules($0) }
        let directory = DirectoryStore(clock: clock, events: events) { events.isConnected($0) }
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
        scheduled = ScheduledMessages(messaging: messaging)
        front = PortalFront(clock: clock) { session, user in events.isConnected(session: session, of: user) }
        push = try setup.map { [messaging, front] setup in
            PushDelivery(
                setup, key: try VAPIDKey(at: places.store + ".vapid"), messaging: messaging,
                preferences: PreferenceStore(events: events), front: front, log: log)
        }
        attachments = AttachmentStore(folder: places.store + ".files", store: store, clock: clock)
        permissions = RunningPermissions(plugins)
        presence = RunningPresence(plugins)
        presenceNews = PresenceNews(events: events)
        phoneNews = PhoneNews(events: events, store: store, presence: presence)
        calls = Calls(messaging: messaging, registry: plugins, log: log)
        messaging.attach(plugins)
        events.onPublish { [plugins] event, db in try plugins.witness { try $0.published(event, in: db) } }
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
        [
            EventMigrations.all, DirectoryMigrations.all, GateMigrations.all, MessagingMigrations.all,
            ClaimMigrations.all, PreferenceMigrations.all,
            TemplateMigrations.all, AwayMigrations.all, ScheduleMigrations.all, EmbeddingMigrations.all,
            CallMigrations.all, OverrideMigrations.all, PushMigrations.all, AuditMigrations.all,
            RecordsMigrations.all,
        ].flatMap { $0 }.map { OwnedMigration(owner: "core", $0) }
    }

    /// Starts the plugins of the manifest. Those that can't run are declined; the host runs on.
    @discardableResult
    public func startPlugins() async -> [PluginStatus] {
        do { try await calls.recover() } catch {
            log.warning("calls of the last run not closed", metadata: ["error": "\(error)"])
        }
        return await plugins.start(makingContextsWith: makeContext)
    }

    /// Makes what a plugin may touch.
    var makeContext: PluginRegistry.MakeContext {
        let contexts = PluginContexts(portal: self, makeHTTP: makeHTTP, makeNetwork: makeNetwork)
        return { description, settings in contexts.context(description, settings) }
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
