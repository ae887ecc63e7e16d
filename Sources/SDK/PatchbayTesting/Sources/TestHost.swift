import Foundation
import PatchbaySDK

/// Runs one plugin for its tests, in process: a real SQLite file with the plugin's tables, a clock that the test moves,
/// and fakes for all else.
///
/// ```swift
/// @Test func greetsByName() async throws {
///     let host = try await TestHost(HelloPlugin.self)
///
///     let answer = try await host.request(.get, "greetings", as: .alice)
///
///     #expect(answer.json["greeting"] == "Hello, Alice Ammann")
/// }
/// ```
///
/// The portal has two domains and four people; see ``TestPerson``. `plugin.json` is found beside the test's source file
/// or in a folder above it; its defaults fill the settings, and its permissions decide who may ask for what.
public final class TestHost<Tested: Plugin>: Sendable {
    /// The instance under test.
    public let plugin: Tested
    /// What the plugin under test was made with.
    public let context: PluginContext
    /// An SQLite file with the plugin's tables, for this test alone.
    public let store: TestStore
    /// What the plugin has published.
    public let events: TestEvents
    /// The time, which only the test moves.
    public let clock: TestClock
    /// The outside hosts, answered by the test.
    public let http = TestHTTP()
    /// The outside streams, played by the test.
    public let network = TestNetwork()
    /// Domains and users that the test puts in.
    public let directory = TestDirectory()
    /// Our numbers that the test puts in.
    public let numbers: TestNumbers
    /// What users may do: what `plugin.json` says, less what the test takes away.
    public let permissions: TestPermissions
    /// The domain's address book, with one entry at first.
    public let contacts = TestContacts()
    /// Calls and phone states.
    public let phones = TestPhones()
    /// What a PBX adapter has reported.
    public let switchboard = TestSwitchboard()
    /// What a plugin that counts asks.
    public let oversight = TestOversight()
    /// The carriers that run.
    public let carriers = TestCarriers()
    /// Whom the plugin has called.
    public let summons = TestSummons()
    /// What carriers have brought.
    public let smsInbox = TestSMSInbox()
    /// Conversations and messages of the test.
    public let conversations: TestConversations
    /// Who hasn't read what of them.
    public let readers: TestReaders
    /// What the plugin has recorded.
    public let audit: TestAudit
    /// The lines that the plugin has logged.
    public let log = TestLog()

    /// Makes the portal and starts the plugin in it; `run()` waits for `whileRunning`.
    ///
    /// - Parameters:
    ///   - settings: What the operator wrote; missing members get the defaults of `plugin.json`.
    ///   - description: The text of `plugin.json`, when it isn't the one near the test.
    ///   - clock: When the test's portal opens.
    ///   - smsInbox: Where carriers deliver, when the test wants its own.
    /// - Throws: what the plugin's `init` throws, `PortalError` (`settings.invalid`) for settings that break the schema.
    public init(
        _: Tested.Type = Tested.self, settings: JSON = [:], description: String? = nil, clock: TestClock = TestClock(),
        smsInbox inbox: (any SMSInbox)? = nil, testFile: String = #filePath
    ) async throws {
        let described = try PluginDescription(description ?? PluginDescription.text(near: testFile) ?? "")
        let schema = Schema(described.settings)
        let settings = schema.fillingDefaults(in: settings)
        if let fault = schema.faults(in: settings).first {
            throw PortalError(.invalid, id: "settings.invalid", "The settings can't be used: \(fault).")
        }
        let store = try TestStore()
        try store.migrate(TestTables.migrations, owner: "core")
        try store.migrate(Tested.migrations, owner: Tested.id.rawValue)
        let events = TestEvents(store: store)
        let audit = TestAudit(store: store)
        self.audit = audit
        let numbers = TestNumbers(store: store)
        let conversations = TestConversations(store: store, events: events, numbers: numbers, clock: clock)
        self.store = store
        self.events = events
        self.clock = clock
        self.numbers = numbers
        self.conversations = conversations
        readers = TestReaders()
        permissions = TestPermissions(described)
        context = PluginContext(
            id: Tested.id, settings: Settings(settings), store: store, events: events, log: log.log, clock: clock,
            cryptography: TestCryptography(), http: http, network: network, directory: directory, numbers: numbers,
            permissions: permissions,
            contacts: contacts, calls: phones, presence: phones, switchboard: switchboard,
            conversations: conversations, oversight: oversight, carriers: carriers, summons: summons,
            smsInbox: inbox ?? smsInbox, readers: readers, audit: audit)
        plugin = try Tested(context: context)
        conversations.attach(plugin)
    }

    /// Adds another plugin's part in messaging: a `MessageChannel`, a `SendCheck` or both.
    public func attach(_ part: any Sendable) { conversations.attach(part) }

    /// Sends `draft` through the plugin's checks and its channel, as the host does.
    ///
    /// - Throws: the gate's refusal.
    public func send(_ draft: Draft) async throws -> Message { try await conversations.send(draft) }

    /// Sends `text` as `person`, through the plugin's checks and its channel.
    ///
    /// - Throws: the gate's refusal.
    public func send(
        _ text: String, in conversation: Conversation, as person: TestPerson, from number: PhoneNumber? = nil,
        clientID: String? = nil
    ) async throws -> Message {
        try await send(
            Draft(
                conversation: conversation, author: .user(person.id), text: text, from: number, clientID: clientID))
    }

    /// Runs the plugin's background work while `body` runs, then cancels it and waits for its end.
    ///
    /// - Throws: what `body` throws, or what `run()` throws while `body` is under way.
    public func whileRunning<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Ending<Value>.self) { group in
            group.addTask { [plugin] in
                try await plugin.run()
                return .work
            }
            group.addTask { .body(try await body()) }
            while let ending = try await group.next() {
                guard case .body(let value) = ending else { continue }
                group.cancelAll()
                // What the work throws once it is cancelled concerns nobody; the host looks away too.
                while await group.nextResult() != nil {}
                return value
            }
            throw CancellationError()
        }
    }
}

/// Which of the two tasks of `whileRunning` has ended.
private enum Ending<Value: Sendable>: Sendable {
    case work
    case body(Value)
}
