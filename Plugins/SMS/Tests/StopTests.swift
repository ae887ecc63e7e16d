import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite struct StopTests {
    private func inbound(_ text: String, to number: PhoneNumber = .acmeDesk, id: String) -> InboundSMS {
        InboundSMS(
            carrier: PluginID(rawValue: "simulator"), carrierMessageID: id, from: PhoneNumber.customer.e164, to: number,
            text: text)
    }

    private func refusal(
        of draft: Draft, on host: TestHost<SMSPlugin>
    ) async throws -> String? {
        do { _ = try await host.send(draft) } catch let error as PortalError { return error.id }
        return nil
    }

    @Test("D7: STOP blocks a plugin's and an away message; only the confirmation passes")
    func stopBlocksPluginsAndAutoReplies() async throws {
        let host = try await TestHost(SMSPlugin.self)
        try await host.plugin.receive(inbound("STOP", id: "a"))
        let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        let video = Draft.Author.plugin(PluginID(rawValue: "video-invite"))
        let byPlugin = Draft(conversation: thread, author: video, text: "Join", from: .acmeDesk)
        let away = Draft(
            conversation: thread, author: .user(TestPerson.alice.id), purpose: .awayReply, text: "Away", from: .acmeDesk
        )
        let confirmation = Draft(
            conversation: thread, author: .plugin(SMSPlugin.id), purpose: .complianceReply, text: "Bye", from: .acmeDesk
        )

        #expect(try await refusal(of: byPlugin, on: host) == "sms.recipient-opted-out")
        #expect(try await refusal(of: away, on: host) == "sms.recipient-opted-out")
        #expect(try await refusal(of: confirmation, on: host) == nil)
    }

    @Test("D7: the ledger says what was said, when, to which number, and by which message")
    func ledgerKeepsEverything() async throws {
        let host = try await TestHost(SMSPlugin.self)
        try await host.plugin.receive(inbound("STOP", id: "a"))
        host.clock.advance(by: .seconds(60))
        try await host.plugin.receive(inbound("START", id: "b"))
        let consent = try await host.request(
            .put, "consents/+41791234567", as: .olga,
            json: ["isGiven": true, "ourNumber": .string(PhoneNumber.acmeDesk.e164)])
        let listed = try await host.request(.get, "ledger", as: .olga)
        let foreign = try await host.request(.get, "ledger", as: .eve)
        let items = listed.json["items"]?.array ?? []

        #expect(consent.status == 204)
        #expect(items.compactMap { $0["deed"]?.string } == ["consent-given", "start", "stop"])
        #expect(items.last?["ourNumber"]?.string == PhoneNumber.acmeDesk.e164)
        #expect(items.last?["word"]?.string?.lowercased() == "stop")
        #expect(items.last?["messageId"]?.string != nil)
        #expect(foreign.json["items"] != listed.json["items"])
        #expect(try host.audit.noted.map { $0.prefix { $0 != " " } } == ["opt-out-stop", "opt-out-start"])
        #expect(throws: DatabaseError.self) {
            try host.store.writeNow { db in try db.execute(sql: "DELETE FROM smsLedger") }
        }
    }

    @Test("D7: where an opt-out holds for the number it came to, the others may write") func stopPerPair() async throws
    {
        let host = try await TestHost(SMSPlugin.self, settings: ["optOutHoldsFor": "number"])
        try await host.plugin.receive(inbound("STOP", id: "a"))
        let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        func draft(from number: PhoneNumber) -> Draft {
            Draft(conversation: thread, author: .user(TestPerson.alice.id), text: "Hello", from: number)
        }

        #expect(try await refusal(of: draft(from: .acmeDesk), on: host) == "sms.recipient-opted-out")
        #expect(try await refusal(of: draft(from: .aliceDirect), on: host) == nil)
        try await host.plugin.receive(inbound("START", id: "b"))
        #expect(try await refusal(of: draft(from: .acmeDesk), on: host) == nil)
    }

    @Test("D7: STOP holds, and stops what waits, also where the number it comes to takes no SMS now")
    func stopToASilentNumber() async throws {
        let host = try await TestHost(SMSPlugin.self)
        try host.numbers.setSMS(false, of: .acmeDesk)
        try await host.plugin.receive(inbound("STOP", id: "a"))
        let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .aliceDirect)
        let draft = Draft(
            conversation: thread, author: .user(TestPerson.alice.id), text: "Hello", from: .aliceDirect)

        #expect(try await refusal(of: draft, on: host) == "sms.recipient-opted-out")
        let listed = try await host.request(.get, "ledger", as: .olga)
        #expect(listed.json["items"]?.array?.compactMap { $0["deed"]?.string } == ["stop"])
    }

    @Test("D7: what is removed for good leaves nothing in the outbox") func forgottenMessages() async throws {
        let host = try await TestHost(SMSPlugin.self)
        let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        let sent = try await host.send("Hello", in: thread, as: .alice, from: .acmeDesk)
        try await host.whileRunning {
            try await eventually {
                try host.store.readNow { db in try host.conversations.message(sent.id, in: db)?.state } == .accepted
            }
        }

        try host.store.writeNow { db in try host.plugin.forget([sent.id], of: sent.domain, in: db) }

        let left = try host.store.readNow { db in
            try Int.fetchOne(
                db, sql: "SELECT (SELECT count(*) FROM smsOutbox) + (SELECT count(*) FROM smsDelivery)")
        }
        #expect(left == 0)
    }
}
