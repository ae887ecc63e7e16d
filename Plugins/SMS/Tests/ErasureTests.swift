import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite struct ErasureTests {
    let host: TestHost<SMSPlugin>

    init() async throws { host = try await TestHost(SMSPlugin.self) }

    private func forget(_ person: ErasedPerson, atMost limit: Int = 200) async throws -> Bool {
        try await host.store.write { [plugin = host.plugin] db in
            try plugin.forget(person, of: .acme, atMost: limit, in: db)
        }
    }

    private func count(_ table: String) throws -> Int {
        try host.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    @Test("D7: what waits for an erased number is given up, a few at a time; others' messages wait on")
    func queueIsGivenUp() async throws {
        let theirs = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        let others = try host.conversations.makeSMS(with: "+41790000000", through: .acmeDesk)
        for turn in 1...3 { _ = try await host.send("Turn \(turn)", in: theirs, as: .alice, from: .acmeDesk) }
        _ = try await host.send("To somebody else", in: others, as: .alice, from: .acmeDesk)

        #expect(try await forget(.outside(PhoneNumber.customer.e164), atMost: 2))
        #expect(try await !forget(.outside(PhoneNumber.customer.e164), atMost: 2))

        #expect(try host.conversations.messages(of: theirs).allSatisfy { $0.state == .failed })
        #expect(try host.conversations.messages(of: others).allSatisfy { $0.state == .pending })
        #expect(try await !forget(.user(TestPerson.alice.id)))
    }

    @Test("D7: the opt-out of an erased number stays, what it wrote to nobody goes") func optOutStays() async throws {
        let (customer, word) = (PhoneNumber.customer.e164, "STOP")
        try await host.plugin.receive(
            InboundSMS(
                carrier: PluginID(rawValue: "simulator"), carrierMessageID: "1", from: customer, to: .acmeDesk,
                text: word))
        try host.store.writeNow { db in
            for (id, recipient) in [("2", PhoneNumber.acmeDesk.e164), ("3", "+41440000000")] {
                try db.execute(
                    sql: "INSERT INTO smsUnroutable VALUES ('simulator', ?, ?, ?, 'Hello', 'x', 0)",
                    arguments: [id, customer, recipient])
            }
        }

        #expect(try count("smsHeard") == 1)
        #expect(try await !forget(.outside(customer)))

        #expect(try count("smsHeard") == 0)
        #expect(try count("smsStop") == 1)
        #expect(try count("smsLedger") == 1)
        #expect(try count("smsUnroutable") == 1, "what came to somebody else's number isn't the domain's to remove")
    }
}
