/// All that a plugin may touch, scoped to it by the host.
public struct PluginContext: Sendable {
    public let id: PluginID
    /// The operator's settings, validated against the schema in `plugin.json`; defaults are filled in.
    public let settings: Settings
    public let store: any Store
    public let events: any Events
    public let log: Log
    public let clock: any PortalClock
    /// HTTP to the hosts that `plugin.json` declares.
    public let http: any OutboundHTTP
    public let directory: any Directory
    public let numbers: any Numbers
    public let permissions: any UserPermissions
    public let contacts: any ContactLookup
    public let calls: any ClickToCall
    public let presence: any PhonePresence
    public let conversations: any Conversations
    /// The carriers that are running, for the SMS plugin.
    public let carriers: any Carriers
    /// Where a carrier delivers inbound messages and receipts.
    public let smsInbox: any SMSInbox

    public init(
        id: PluginID, settings: Settings, store: any Store, events: any Events, log: Log, clock: any PortalClock,
        http: any OutboundHTTP, directory: any Directory, numbers: any Numbers, permissions: any UserPermissions,
        contacts: any ContactLookup, calls: any ClickToCall, presence: any PhonePresence,
        conversations: any Conversations, carriers: any Carriers, smsInbox: any SMSInbox
    ) {
        self.id = id
        self.settings = settings
        self.store = store
        self.events = events
        self.log = log
        self.clock = clock
        self.http = http
        self.directory = directory
        self.numbers = numbers
        self.permissions = permissions
        self.contacts = contacts
        self.calls = calls
        self.presence = presence
        self.conversations = conversations
        self.carriers = carriers
        self.smsInbox = smsInbox
    }
}
