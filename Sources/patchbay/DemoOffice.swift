import Foundation
import PatchbayHost
import PatchbaySDK
import Synchronization

/// A company of the demo with its past: who answers which number, who chats with whom.
final class DemoOffice: Sendable {
    /// A number of ours, and who answers it.
    struct Desk: Sendable {
        let number: PhoneNumber
        let people: [Caller]
    }

    static let carrier = PluginID(rawValue: "simulator")

    let domain: DomainID
    let zone: TimeZone
    let desks: [Desk]
    /// Everybody with a past, and how many conversations stay in their lists.
    let people: [(person: Caller, kept: Int)]
    let chats: [(conversation: Conversation, people: [Caller])]
    /// Their numbers. The last ones want no texts.
    let customers: [String]
    private let portal: Portal
    private let talks = Mutex<[Int: Conversation]>([:])

    private init(
        _ domain: DomainID, of portal: Portal, zone: String, desks: [Desk], people: [(Caller, Int)],
        chats: [(Conversation, [Caller])], customers: [String]
    ) {
        self.domain = domain
        self.zone = TimeZone(identifier: zone) ?? .gmt
        self.desks = desks
        self.people = people
        self.chats = chats
        self.customers = customers
        self.portal = portal
    }

    /// The companies of `DemoData`, with a number more for each.
    static func all(of portal: Portal) async throws -> [DemoOffice] {
        func person(_ login: String) async throws -> Caller {
            let user = try await portal.store.read { [portal] db in try portal.directory.user(login: login, in: db) }
            guard let user else { throw PortalError.notFound("user") }
            return Caller(user: user.id, domain: user.domain, scope: user.scope)
        }
        func desk(_ number: String, _ people: [Caller], newAs label: String? = nil) async throws -> Desk {
            guard let parsed = PhoneNumber(e164: number) else { throw PortalError.notFound("number") }
            if let label, let domain = people.first?.domain {
                try await portal.store.write { [portal] db in
                    try DemoData(portal: portal).number(number, label, for: people.map(\.user), of: domain, in: db)
                }
            }
            return Desk(number: parsed, people: people)
        }
        func chat(_ one: Caller, _ other: Caller) async throws -> (Conversation, [Caller]) {
            let id = try await portal.messaging.open(chatWith: [other.user], title: nil, by: one).id
            let talk = try await portal.store.read { [portal] db in try portal.messaging.conversation(id, in: db) }
            guard let talk else { throw PortalError.notFound("conversation") }
            return (talk, [one, other])
        }
        let (ann, ben) = (try await person("1001@harbor.example"), try await person("1002@harbor.example"))
        let (cleo, olga) = (try await person("1003@harbor.example"), try await person("1004@harbor.example"))
        let theo = try await person("2001@timber.example")
        let harbor = DemoOffice(
            ann.domain, of: portal, zone: "America/Los_Angeles",
            desks: [
                try await desk("+16195550188", [ann, ben]), try await desk("+16195550123", [ann]),
                try await desk("+16195550176", [cleo], newAs: "Orders"),
            ], people: [(ann, 8), (ben, 6), (cleo, 4), (olga, 1)],
            chats: [try await chat(ben, cleo), try await chat(cleo, olga)],
            customers: (0..<36).map { "+1760555\(String(format: "%04d", 100 + $0))" })
        let timber = DemoOffice(
            theo.domain, of: portal, zone: "America/Denver",
            desks: [try await desk("+13035550155", [theo], newAs: "Yard")], people: [(theo, 4)], chats: [],
            customers: (0..<9).map { "+1970555\(String(format: "%04d", 100 + $0))" })
        return [harbor, timber]
    }

    /// Every third customer writes to another number of ours.
    func desk(of customer: Int) -> Desk { desks[customer % desks.count] }

    /// A customer wants no more texts.
    func stop(_ customer: Int) async throws {
        for inbox in portal.plugins.providers(of: (any SMSInbox).self) {
            try await inbox.receive(
                InboundSMS(
                    carrier: Self.carrier, carrierMessageID: "stop-\(domain)-\(customer)", from: customers[customer],
                    to: desk(of: customer).number, text: "STOP"))
        }
    }

    /// Does at the clock's moment what the plan says.
    func perform(_ kind: DemoPlan.Kind, in db: Database) throws {
        switch kind {
        case .stop: return
        case .asks(let customer, let text):
            let message = try portal.messaging.receive(
                Arrival(
                    kind: .sms, domain: domain, remote: customers[customer], to: desk(of: customer).number, text: text),
                in: db)
            let talk = try portal.messaging.conversation(message.conversation, in: db)
            talks.withLock { $0[customer] = talk }
        case .isAnswered(let customer, let text, let state, let reason):
            guard let talk = talks.withLock({ $0[customer] }) else { return }
            let desk = desk(of: customer)
            let author = desk.people[customer / desks.count % desk.people.count]
            let message = try portal.messaging.send(
                Draft(conversation: talk, author: .user(author.user), text: text, from: desk.number), in: db)
            try portal.messaging.setState(state, reason: reason, of: message.id, isRetry: false, in: db)
        case .chats(let place, let author, let text):
            let (talk, people) = chats[place]
            _ = try portal.messaging.send(
                Draft(conversation: talk, author: .user(people[author].user), text: text), in: db)
        case .meets(let place, let session):
            let (talk, people) = chats[place]
            // A session that is over leaves nothing but its event.
            try portal.events.publish(
                Event(
                    "video.session.changed", in: domain, to: .users(people.map(\.user)),
                    ["sessionId": .string(session), "conversationId": .string(talk.id.rawValue)]), in: db)
        }
    }
}
