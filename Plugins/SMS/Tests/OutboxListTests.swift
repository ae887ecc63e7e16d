import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

/// What administrators see of the outbox, and do about it.
@Suite struct OutboxListTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation

    init() async throws {
        host = try await TestHost(SMSPlugin.self)
        thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
    }

    private func send() async throws -> Message {
        try await host.send("Hello", in: thread, as: .alice, from: .acmeDesk)
    }

    private func state(of message: Message) throws -> DeliveryState? {
        try host.store.readNow { db in try host.conversations.message(message.id, in: db)?.state }
    }

    private func reason(of message: Message) throws -> String? {
        try host.store.readNow { db in
            try String.fetchOne(
                db, sql: "SELECT lastReason FROM smsOutbox WHERE messageId = ? AND state = 'queued'",
                arguments: [message.id])
        }
    }

    private func listed(_ state: String, as person: TestPerson = .olga) async throws -> [JSON] {
        let answer = try await host.request(.get, "outbox?state=\(state)", as: person)
        return answer.json["items"]?.array ?? []
    }

    @Test("The domain's administrator sees what is used of the day's SMS, and that it is nearly all")
    func allowanceIsShown() async throws {
        let host = try await TestHost(SMSPlugin.self, settings: ["segmentsPerDay": 5])
        let thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        func allowance() async throws -> JSON? {
            try await host.request(.get, "outbox", as: .olga).json["allowance"]
        }
        for _ in 0..<3 { _ = try await host.send("Hello", in: thread, as: .alice, from: .acmeDesk) }

        #expect(try await allowance() == ["used": 3, "limit": 5, "isNearlyUsed": false])
        _ = try await host.send("Hello", in: thread, as: .alice, from: .acmeDesk)
        #expect(try await allowance() == ["used": 4, "limit": 5, "isNearlyUsed": true])
    }

    @Test("U4: what waits is listed with who, why and when, the number masked, for the domain's administrator only")
    func waitingIsListed() async throws {
        host.carriers.simulator.failNext(.temporary(reason: "The carrier is busy."))
        let message = try await send()
        try await host.whileRunning {
            try await eventually { try reason(of: message) == "The carrier is busy." }
        }

        let item = try #require(try await listed("waiting").first)
        #expect(item["messageId"]?.string == message.id.rawValue)
        #expect(item["to"] == "…567" && item["reason"] == "The carrier is busy." && item["author"] == "Alice Ammann")
        #expect(item["nextAttemptAt"] != nil)
        #expect(try await listed("waiting", as: .eve) == [])
        #expect(try await host.request(.get, "outbox", as: .alice).status == 403)
    }

    @Test("U4: a message that was given up is tried again by an administrator, unless its receiver has opted out")
    func deadIsRetried() async throws {
        host.carriers.simulator.failNext(.permanent(reason: "Blocked."))
        let message = try await send()
        try await host.whileRunning { try await eventually { try state(of: message) == .failed } }
        #expect(try await listed("dead").map { $0["reason"] } == ["Blocked."])

        _ = try await host.request(.put, "opt-outs/+41791234567", as: .olga)
        let refused = try await host.request(.post, "outbox/\(message.id)/retry", as: .olga)
        _ = try await host.request(.delete, "opt-outs/+41791234567", as: .olga)
        let taken = try await host.request(.post, "outbox/\(message.id)/retry", as: .olga)

        #expect(refused.refusal?.id == "sms.recipient-opted-out")
        #expect(taken.status == 202)
        #expect(try await listed("dead") == [])
        try await host.whileRunning { try await eventually { try state(of: message) == .accepted } }
    }

    @Test("U4: discarding gives up what waits and clears it from the lists; another domain's isn't there")
    func discardingClears() async throws {
        let message = try await send()

        let foreign = try await host.request(.post, "outbox/\(message.id)/discard", as: .eve)
        let done = try await host.request(.post, "outbox/\(message.id)/discard", as: .olga)

        #expect(foreign.status == 403 || foreign.status == 404)
        #expect(done.status == 204)
        #expect(try await listed("waiting") == [])
        #expect(try await listed("dead") == [])
        #expect(try state(of: message) == .failed)
    }

    @Test("U2: the list of opt-outs keeps why and by whom, is searched by digits, and its record outlives the entry")
    func optOutsKeepTheirReason() async throws {
        let path = "opt-outs/+41791234567"
        _ = try await host.request(.put, path, as: .olga, json: ["reason": "By telephone"])
        let found = try await host.request(.get, "opt-outs?query=123%2045", as: .olga)
        let missed = try await host.request(.get, "opt-outs?query=999", as: .olga)
        let silent = try await host.request(.post, path + "/removal", as: .olga, json: ["reason": " "])
        let removed = try await host.request(.post, path + "/removal", as: .olga, json: ["reason": "Asked for it"])

        #expect(found.json["items"]?.array?.first?["reason"] == "By telephone")
        #expect(found.json["items"]?.array?.first?["addedBy"]?.string?.hasPrefix("Olga") == true)
        #expect(missed.json["items"] == [])
        #expect(silent.refusal?.id == "sms.reason-missing" && removed.status == 204)
        let record = try host.store.readNow { db in
            try Row.fetchAll(db, sql: "SELECT deed = 'stop' AS isAdded, reason FROM smsLedger ORDER BY id").map {
                "\($0["isAdded"] as Int) \($0["reason"] as String? ?? "")"
            }
        }
        #expect(record == ["1 By telephone", "0 Asked for it"])
    }
}
