import Foundation
import PatchbaySDK
import PatchbayTesting

@testable import PatchbayHost

/// Two companies on a store of their own: the fixture of the messaging, gate and event tests.
///
/// In `harbor.example` Ann and Ben share the front desk's number, Ann has a direct one, Cleo has none; Theo works in
/// `timber.example`.
final class Office: Sendable {
    static let harbor = DomainID(rawValue: "harbor.example")
    static let timber = DomainID(rawValue: "timber.example")
    static let desk = PhoneNumber(e164: "+16195550188")!
    static let direct = PhoneNumber(e164: "+16195550123")!

    /// What the gate says of the text “at night”.
    static let untilMorning = Hold(until: Date(timeIntervalSince1970: 1_795_363_200), timeZone: "America/Los_Angeles")

    let folder: URL
    let clock = TestClock()
    let store: PortalStore
    let events: EventLog
    let numbers: NumberStore
    let gates: Gates
    let messaging: Messaging
    let plugins = FakeChannels()

    let ann = Caller(user: "ann", domain: harbor, scope: .basicUser)
    let ben = Caller(user: "ben", domain: harbor, scope: .basicUser)
    let cleo = Caller(user: "cleo", domain: harbor, scope: .basicUser)
    let theo = Caller(user: "theo", domain: timber, scope: .basicUser)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-\(UUID().uuidString)")
        store = try PortalStore.open(at: folder.appending(path: "portal.sqlite").path)
        try store.migrate(Portal.migrations)
        events = try EventLog(store: store, clock: clock)
        numbers = NumberStore(
            clock: clock, events: events, adapterFeatures: { _ in [] }, isCarrier: { $0 != "pigeon" },
            assignmentChanged: { try Messaging.assignmentChanged($0, $1, isAssigned: $2, in: $3) })
        gates = Gates(numbers: numbers) { [plugins] in plugins.rules($0) }
        messaging = Messaging(
            store: store, events: events, gates: gates, numbers: numbers,
            contacts: ContactBook(store: store, clock: clock, events: events), clock: clock)
        messaging.attach(plugins)
        try store.writeNow { db in
            try db.execute(
                sql: """
                    INSERT INTO domain (id, name, searchName, region, timeZone, createdAt) VALUES
                        ('harbor.example', 'Harbor & Pine', 'harbor & pine', 'US', 'America/Los_Angeles', 0),
                        ('timber.example', 'Timber', 'timber', 'US', 'America/Los_Angeles', 0);
                    INSERT INTO user (id, domainId, extension, fullName, searchName, scope, isEnabled, createdAt) VALUES
                        ('ann', 'harbor.example', '1001', 'Ann Whitfield', 'ann whitfield', 'basic-user', 1, 0),
                        ('ben', 'harbor.example', '1002', 'Ben Okafor', 'ben okafor', 'basic-user', 1, 0),
                        ('cleo', 'harbor.example', '1003', 'Cleo Marchetti', 'cleo marchetti', 'basic-user', 1, 0),
                        ('theo', 'timber.example', '2001', 'Theo Lindqvist', 'theo lindqvist', 'basic-user', 1, 0);
                    INSERT INTO number (number, domainId, label, createdAt) VALUES
                        ('+16195550188', 'harbor.example', 'Front desk', 0),
                        ('+16195550123', 'harbor.example', 'Ann direct', 0);
                    INSERT INTO numberUser (number, userId, domainId) VALUES
                        ('+16195550188', 'ann', 'harbor.example'), ('+16195550188', 'ben', 'harbor.example'),
                        ('+16195550123', 'ann', 'harbor.example');
                    """)
            for number in [Self.desk, Self.direct] {
                try Gates.setSwitch("sms", .number, subject: number.e164, isOn: true, in: db)
            }
        }
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// What Ann says to Bob from the front desk.
    func text(_ text: String, by caller: Caller, clientID: String, from: PhoneNumber = desk) async throws -> Sent {
        let opened = try await messaging.open(smsTo: "(619) 555-0142", from: from, by: caller)
        return try await messaging.send(text, to: opened.id, by: caller, clientID: clientID, from: from)
    }

    /// What Bob says to one of our numbers.
    @discardableResult
    func arrive(_ text: String, at number: PhoneNumber = desk) async throws -> Message {
        try await store.write { [messaging] db in
            try messaging.receive(
                Arrival(kind: .sms, domain: Self.harbor, remote: "+16195550142", to: number, text: text), in: db)
        }
    }

    func inbox(of caller: Caller, _ filter: InboxFilter = .all) throws -> [ConversationView] {
        try store.readNow { db in try messaging.inbox(filter, .first, for: caller, in: db).items }
    }
}

/// Channels for both kinds that take whatever the gate lets through.
final class FakeChannels: RunningChannels {
    struct Channel: MessageChannel, SendCheck {
        let kind: ChannelKind

        func take(_ message: Message, of conversation: Conversation, in db: Database) throws -> Taken {
            Taken(state: kind == .chat ? .sent : .pending, segments: kind == .chat ? 0 : 1)
        }

        func check(_ draft: Draft, in db: Database) throws -> SendDecision {
            if draft.text == "at night", draft.quietHours == .hold { return .hold(Office.untilMorning) }
            guard draft.text == "forbidden" else { return .allow }
            return .refuse(PortalError(.forbidden, id: "test.refused", "Not this."))
        }
    }

    let kinds: [ChannelKind] = [.sms, .chat]
    let sendChecks: [any SendCheck] = [Channel(kind: .sms)]

    func channel(_ kind: ChannelKind) -> (id: PluginID, channel: any MessageChannel)? {
        kinds.contains(kind) ? (PluginID(rawValue: kind.rawValue), Channel(kind: kind)) : nil
    }

    func witness(_ deed: (any MessageWitness) throws -> Void) {}

    func rules(_ plugin: PluginID) -> GateRules? {
        switch plugin {
        case "sms":
            GateRules(
                title: "SMS", levels: [.system, .domain, .user, .number], onByDefault: [.system, .domain, .user],
                numberFeature: .sms)
        case "chat":
            GateRules(
                title: "Chat", levels: [.system, .domain, .user], onByDefault: [.system, .domain, .user],
                numberFeature: nil)
        default: nil
        }
    }
}

extension Identifier: @retroactive ExpressibleByStringLiteral, @retroactive ExpressibleByUnicodeScalarLiteral,
    @retroactive ExpressibleByExtendedGraphemeClusterLiteral
{
    /// Takes a literal as the id's text.
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}
