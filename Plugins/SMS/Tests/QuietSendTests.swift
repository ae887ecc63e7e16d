import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

/// Acme is in Zurich, and so is its customer; the clock begins on a Sunday at 11:00 there.
@Suite("Messages in quiet hours")
struct QuietSendTests {
    private static let morning = Date(timeIntervalSince1970: 1_795_417_200)  // Monday, 8:00 in Zurich
    private static let hour = 3600

    private func host(_ settings: JSON = ["quietHours": true], afterHours hours: Int = 12) async throws
        -> TestHost<SMSPlugin>
    {
        let host = try await TestHost(SMSPlugin.self, settings: settings)
        host.clock.advance(by: .seconds(hours * Self.hour))
        return host
    }

    private func thread(
        _ host: TestHost<SMSPlugin>, with remote: String = PhoneNumber.customer.e164
    ) throws -> Conversation {
        try host.conversations.makeSMS(with: remote, through: .acmeDesk)
    }

    private func draft(
        _ host: TestHost<SMSPlugin>, to remote: String = PhoneNumber.customer.e164,
        by author: Draft.Author = .user(TestPerson.alice.id), _ purpose: Draft.Purpose = .conversation,
        text: String = "Your boat is ready.", quietHours: Draft.QuietHours = .hold
    ) throws -> Draft {
        Draft(
            conversation: try thread(host, with: remote), author: author, purpose: purpose, text: text, from: .acmeDesk,
            quietHours: quietHours)
    }

    private func arrive(_ text: String, at host: TestHost<SMSPlugin>, id: String = "a") async throws {
        try await host.plugin.receive(
            InboundSMS(
                carrier: PluginID(rawValue: "simulator"), carrierMessageID: id, from: PhoneNumber.customer.e164,
                to: .acmeDesk, text: text))
    }

    private func now(_ message: Message, in host: TestHost<SMSPlugin>) throws -> Message {
        try #require(try host.store.readNow { db in try host.conversations.message(message.id, in: db) })
    }

    private func run(
        _ host: TestHost<SMSPlugin>, until message: Message, is state: DeliveryState
    ) async throws {
        try await host.whileRunning { try await eventually { try now(message, in: host).state == state } }
    }

    @Test("U11: what a person sends at night is taken, says until when it waits, and goes once in the morning")
    func heldUntilMorning() async throws {
        let host = try await host()
        let sent = try await host.send(try draft(host, text: String(repeating: "Ahoy ", count: 60)))

        #expect(sent.state == .pending)
        #expect(sent.hold == Hold(until: Self.morning, timeZone: "Europe/Zurich"))
        try await host.whileRunning {
            try await host.clock.waitForSleepers()
            #expect(host.carriers.simulator.submitted.isEmpty)
            host.clock.advance(by: .seconds(9 * Self.hour))
            try await eventually { try now(sent, in: host).state == .accepted }
        }
        #expect(host.carriers.simulator.submitted.map(\.part) == [1, 2])
    }

    @Test("U11: quiet hours are off unless the operator says otherwise; a domain may have its own")
    func offByDefaultAndByDomain() async throws {
        let off = try await host([:])
        let own = try await host(["quietHoursByDomain": ["acme.example": ["isOn": true, "until": "09:30"]]])
        let other = try await host(["quietHours": true, "quietHoursByDomain": ["acme.example": ["isOn": false]]])

        #expect(try await off.send(try draft(off)).hold == nil)
        #expect(try await own.send(try draft(own)).hold?.until == Self.morning.addingTimeInterval(5400))
        #expect(try await other.send(try draft(other)).hold == nil)
    }

    @Test("U11: who knows how late it is there can send now")
    func sentAllTheSame() async throws {
        let host = try await host()
        let sent = try await host.send(try draft(host, quietHours: .send))

        #expect(sent.hold == nil)
        try await run(host, until: sent, is: .accepted)
    }

    @Test("U11: a number of several zones is quiet where one of them is; of an unknown one the domain's zone decides")
    func zonesOfNumbers() async throws {
        let host = try await host(afterHours: 0)  // 5:00 in New York, 2:00 in San Diego
        let boston = try await host.send(try draft(host, to: "+16175550142"))
        let tollFree = try await host.send(try draft(host, to: "+18005550142"))
        let shortCode = try await host.send(try draft(host, to: "72404"))
        let night = try await self.host()
        let shortCodeAtNight = try await night.send(try draft(night, to: "72404"))

        #expect(boston.hold == Hold(until: host.clock.now.addingTimeInterval(3 * 3600), timeZone: "America/New_York"))
        // Until eight on Guam it is night somewhere that a toll-free number reaches.
        #expect(tollFree.hold == Hold(until: host.clock.now.addingTimeInterval(12 * 3600)))
        #expect(shortCode.hold == nil)
        #expect(shortCodeAtNight.hold == Hold(until: Self.morning))
    }

    @Test("U11: a person's reply to a customer who wrote within the day goes at once; nobody else's does")
    func repliesAreExempt() async throws {
        let host = try await host()
        let strict = try await self.host(["quietHours": true, "quietReplyHours": 0])
        for one in [host, strict] { try await arrive("Is it ready?", at: one) }
        let plugin = Draft.Author.plugin(PluginID(rawValue: "video-invite"))

        #expect(try await host.send(try draft(host)).hold == nil)
        #expect(try await strict.send(try draft(strict)).hold != nil)
        #expect(try await host.send(try draft(host, .awayReply)).hold != nil)
        #expect(try await host.send(try draft(host, by: plugin)).hold != nil)
        #expect(try await host.send(try draft(host, by: plugin, quietHours: .send)).hold != nil)
        host.clock.advance(by: .seconds(25 * Self.hour))
        #expect(try await host.send(try draft(host)).hold != nil)
    }

    @Test("U11: STOP is answered at any hour, and blocks what waits")
    func stopIsAnswered() async throws {
        let host = try await host()
        let held = try await host.send(try draft(host))
        try await arrive("STOP", at: host)

        #expect(try now(held, in: host).state == .failed)
        let answer = try #require(try host.conversations.messages(of: try thread(host)).last)
        #expect(answer.isAutomatic && answer.hold == nil)
        try await run(host, until: answer, is: .accepted)
        #expect(host.carriers.simulator.submitted.count == 1)
    }

    @Test("U11: the gate is asked again when the time has come; an opt-out in the meantime blocks the message")
    func askedAgain() async throws {
        let host = try await host()
        let held = try await host.send(try draft(host))
        _ = try await host.request(.put, "opt-outs/+41791234567", as: .olga)

        host.clock.advance(by: .seconds(9 * Self.hour))
        try await run(host, until: held, is: .failed)

        #expect(try now(held, in: host).reason?.contains("no more messages") == true)
        #expect(host.carriers.simulator.submitted.isEmpty)
    }

    @Test("U11: a portal that was down in the morning doesn't send what waited in the next night")
    func nextNight() async throws {
        let host = try await host()
        let held = try await host.send(try draft(host))
        host.clock.advance(by: .seconds(24 * Self.hour))

        try await host.whileRunning {
            try await eventually {
                try now(held, in: host).hold?.until == Self.morning.addingTimeInterval(86_400)
            }
        }

        #expect(host.carriers.simulator.submitted.isEmpty)
    }

    @Test("U11: what was taken by day and has waited for its carrier into the night waits for the morning")
    func nightFalls() async throws {
        let host = try await host(afterHours: 0)
        let sent = try await host.send(try draft(host))
        #expect(sent.hold == nil)
        host.clock.advance(by: .seconds(12 * Self.hour))

        try await host.whileRunning {
            try await eventually { try now(sent, in: host).hold?.until == Self.morning }
            _ = try await host.request(.post, "messages/\(sent.id)/send-now", as: .alice)
            try await eventually { try now(sent, in: host).state == .accepted }
        }
    }

    @Test("U11, X14: what waits counts once against the day's limit")
    func countedOnce() async throws {
        let host = try await host(["quietHours": true, "segmentsPerDay": 2])
        let held = try await host.send(try draft(host))
        _ = try await host.send(try draft(host, text: "And another one."))
        host.clock.advance(by: .seconds(9 * Self.hour))

        try await run(host, until: held, is: .accepted)
    }
}
