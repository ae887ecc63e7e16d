/// All that a plugin may touch, scoped to it by the host.
public struct PluginContext: Sendable {
    /// The plugin's own id.
    public let id: PluginID
    /// The operator's settings, validated against the schema in `plugin.json`; defaults are filled in.
    public let settings: Settings
    /// The one SQLite file, for the plugin's own tables.
    public let store: any Store
    /// News for people's browsers.
    public let events: any Events
    /// Where the plugin's log lines go; the host adds the plugin's id.
    public let log: Log
    /// The time to go by: `clock.now` instead of `Date()`.
    public let clock: any PortalClock
    /// Hashes, signatures and random bytes.
    public let cryptography: any Cryptography
    /// HTTP to the hosts that `plugin.json` declares.
    public let http: any OutboundHTTP
    /// TCP to the hosts that `plugin.json` declares.
    public let network: any OutboundNetwork
    /// Domains and users.
    public let directory: any Directory
    /// Our numbers, who has them and what they can.
    public let numbers: any Numbers
    /// What a user may do.
    public let permissions: any UserPermissions
    /// Who a number belongs to, by all books and adapters.
    public let contacts: any ContactLookup
    /// Calls through the PBX adapter that runs.
    public let calls: any ClickToCall
    /// What phones are doing.
    public let presence: any PhonePresence
    /// Where a PBX adapter reports what happens to calls and phones.
    public let switchboard: any Switchboard
    /// Conversations and messages, through the send gate.
    public let conversations: any Conversations
    /// What a plugin that counts needs to know of the whole.
    public let oversight: any Oversight
    /// The carriers that are running, for the SMS plugin.
    public let carriers: any Carriers
    /// The way to people whose portal is closed.
    public let summons: any Summons
    /// Where a carrier delivers inbound messages and receipts.
    public let smsInbox: any SMSInbox
    /// Who hasn't read what, for plugins that tell people elsewhere.
    public let readers: any Readers
    /// Where a plugin records what it does by itself.
    public let audit: any AuditTrail

    /// Makes a context; the host does it for every plugin, `PatchbayTesting` for tests.
    public init(
        id: PluginID, settings: Settings, store: any Store, events: any Events, log: Log, clock: any PortalClock,
        cryptography: any Cryptography, http: any OutboundHTTP, network: any OutboundNetwork,
        directory: any Directory, numbers: any Numbers, permissions: any UserPermissions, contacts: any ContactLookup,
        calls: any ClickToCall,
        presence: any PhonePresence, switchboard: any Switchboard, conversations: any Conversations,
        oversight: any Oversight, carriers: any Carriers, summons: any Summons, smsInbox: any SMSInbox,
        readers: any Readers, audit: any AuditTrail
    ) {
        self.id = id
        self.settings = settings
        self.store = store
        self.events = events
        self.log = log
        self.clock = clock
        self.cryptography = cryptography
        self.http = http
        self.network = network
        self.directory = directory
        self.numbers = numbers
        self.permissions = permissions
        self.contacts = contacts
        self.calls = calls
        self.presence = presence
        self.switchboard = switchboard
        self.conversations = conversations
        self.oversight = oversight
        self.carriers = carriers
        self.summons = summons
        self.smsInbox = smsInbox
        self.readers = readers
        self.audit = audit
    }
}
