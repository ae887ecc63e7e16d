import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

/// What the host makes of several plugins' answers.
@Suite struct LoadingProvidersTests {
    let caller = Caller(user: UserID(rawValue: "ann"), domain: DomainID(rawValue: "harbor.example"), scope: .basicUser)

    @Test("Without a phone system calls are refused with a clear sentence, and every phone is unknown")
    func nothingRunsWithoutPBX() async throws {
        let registry = try await LoadingInstallation().registry()
        let request = CallRequest(
            id: CallID(rawValue: "1"), caller: caller, extension: "1001", destination: .extension("1002"),
            displayName: "Ben")

        let error = await #expect(throws: PortalError.self) { try await RunningCalls(registry).place(request) }

        #expect(error?.id == "calls.no-pbx")
        #expect(RunningPresence(registry).states(of: ["1001"], in: caller.domain) == ["1001": .unknown])
    }

    @Test("Without the SMS plugin a carrier is asked to deliver again later")
    func inboundWithoutSMSPluginIsPutOff() async throws {
        let installation = try await LoadingInstallation()
        let registry = installation.registry()
        let inbox = RunningSMSInbox(registry, desk: CarrierDesk(clock: installation.clock))
        let report = DeliveryReport(message: MessageID(rawValue: "1"), part: 1, outcome: .sent)

        let error = await #expect(throws: PortalError.self) { try await inbox.report(report) }

        #expect(error?.status == 503)
        #expect(RunningCarriers(registry).carrier(PluginID(rawValue: "fake")) == nil)
    }

    @Test(
        "The portal's own permissions go by scope",
        arguments: zip(Scope.allCases, [0, 1, 1, 1, 1, 1, 2, 2, 3]))
    func corePermissionsGoByScope(scope: Scope, count: Int) async throws {
        let registry = try await LoadingInstallation().registry()
        let caller = Caller(user: caller.user, domain: caller.domain, scope: scope)

        let granted = try await RunningPermissions(registry)
            .granted([.portal, .domainAdmin, .systemAdmin, Permission(rawValue: "nobody.knows")], to: caller)

        #expect(granted.count == count)
    }

    @Test("A plugin with a say narrows permissions, answers lookups and carries messages while it runs")
    func pluginProvidesWhileItRuns() async throws {
        let installation = try await LoadingInstallation()
        try installation.describe(
            "fake",
            [
                "provides": ["UserPermissions", "ContactLookup", "SMSCarrier", "PhonePresence", "MessageChannel"],
                "permissions": [["id": "fake.use", "title": "Use", "scopes": ["basic-user"]]],
            ])
        try installation.list([Papers.entry("fake")])
        let registry = await installation.started(TypesInProcess(FakeProvider.self))
        let use = Permission(rawValue: "fake.use")

        #expect(try await RunningPermissions(registry).granted([.portal, use], to: caller) == [use])
        let contacts = RunningContacts(books: EmptyBook(), registry)
        #expect(try await contacts.contacts(matching: "bob", for: caller, limit: 5).map(\.name) == ["Bob"])
        #expect(RunningCarriers(registry).carrier(FakeProvider.id) != nil)
        let states = RunningPresence(registry).states(of: ["1001", "1002"], in: caller.domain)
        #expect(states == ["1001": .busy, "1002": .unknown])
        #expect(registry.channel(FakeProvider.kind)?.id == FakeProvider.id)

        try installation.list([])
        await registry.reload()

        #expect(RunningCarriers(registry).carrier(FakeProvider.id) == nil)
        #expect(registry.channel(FakeProvider.kind) == nil)
        #expect(registry.permission(use) == nil)
    }

    @Test("Of two plugins that carry the same kind of message the second is declined")
    func oneChannelAKind() async throws {
        let installation = try await LoadingInstallation()
        try installation.describe(
            "fake",
            ["provides": ["UserPermissions", "ContactLookup", "SMSCarrier", "PhonePresence", "MessageChannel"]])
        try installation.describe("rival", ["provides": ["MessageChannel"]])
        try installation.list([Papers.entry("fake"), Papers.entry("rival")])

        let registry = await installation.started(TypesInProcess(FakeProvider.self, RivalChannel.self))

        #expect(registry.status("rival")?.reasonID == "plugin.channel-taken")
        await registry.shutdown()
    }
}

private struct FakeProvider: Plugin, UserPermissions, ContactLookup, SMSCarrier, PhonePresence, MessageChannel {
    static let id = PluginID(rawValue: "fake")
    static let kind = ChannelKind(rawValue: "fax")
    let takesParts = false
    let window = 1
    var kind: ChannelKind { Self.kind }

    init(context: PluginContext) throws {}

    func granted(_ permissions: Set<Permission>, to caller: Caller) async throws -> Set<Permission> {
        permissions.subtracting([.portal])
    }

    func contact(with number: PhoneNumber, for caller: Caller) async throws -> ContactCard? { nil }

    func contacts(matching query: String, for caller: Caller, limit: Int) async throws -> [ContactCard] {
        [ContactCard(id: "1", name: "Bob", numbers: [])]
    }

    func submit(_ sms: OutboundSMS) async throws -> String? { nil }

    func states(of extensions: [String], in domain: DomainID) -> [String: PhoneState] { ["1001": .busy] }

    func take(_ message: Message, of conversation: Conversation, in db: Database) throws -> Taken {
        Taken(state: .sent)
    }
}

private struct RivalChannel: Plugin, MessageChannel {
    static let id = PluginID(rawValue: "rival")
    let kind = FakeProvider.kind

    init(context: PluginContext) throws {}

    func take(_ message: Message, of conversation: Conversation, in db: Database) throws -> Taken {
        Taken(state: .sent)
    }
}

private struct EmptyBook: ContactLookup {
    func contact(with number: PhoneNumber, for caller: Caller) async throws -> ContactCard? { nil }
    func contacts(matching query: String, for caller: Caller, limit: Int) async throws -> [ContactCard] { [] }
}
