import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import UsageStats

@Suite("A domain that moves to another time zone")
struct MovedDomainTests {
    let host: TestHost<UsageStatsPlugin>

    init() async throws {
        // 23:30 in London, where it is noon of the next day on Kiritimati.
        host = try await TestHost(clock: TestClock(at: try Date("2026-06-10T22:30:00Z", strategy: .iso8601)))
        try await move(to: "Europe/London")
    }

    private func move(to zone: String) async throws {
        try await host.store.write { db in
            try db.execute(sql: "UPDATE domain SET timeZone = ? WHERE id = 'acme.example'", arguments: [zone])
        }
    }

    private func send() async throws -> Message {
        let talk = try host.conversations.makeSMS(with: "+41791234567", through: .acmeDesk)
        return try await host.send("Hello", in: talk, as: .alice, from: .acmeDesk)
    }

    private func settle(_ state: DeliveryState, _ reason: String? = nil, of message: Message) async throws {
        try await host.store.write { db in
            _ = try host.conversations.setState(state, reason: reason, of: message.id, isRetry: false, in: db)
        }
    }

    private func summary() async throws -> JSON {
        try await host.request(.get, "summary?days=5", as: .olga).json
    }

    /// What the page shows when nothing is left to count.
    private func settled() async throws -> JSON {
        try await host.whileRunning {
            try await eventually { try await summary()["isCounting"] == false }
            return try await summary()
        }
    }

    private func day(_ text: String, of figures: JSON) -> JSON? {
        figures["days"]?.array?.first { $0["day"]?.string == text }
    }

    private func count(_ sql: String) async throws -> Int? {
        try await host.store.read { db in try Int.fetchOne(db, sql: sql) }
    }

    @Test("F30, S67: its messages stand on the days of the new zone, and the page says while they don't")
    func countedAnew() async throws {
        _ = try await send()
        let before = try await summary()
        try await move(to: "Pacific/Kiritimati")
        let between = try await summary()
        let after = try await settled()

        #expect(before["isCounting"] == false && day("2026-06-10", of: before)?["sent"] == 1)
        #expect(between["isCounting"] == true)
        #expect(day("2026-06-10", of: after)?["sent"] == 0)
        #expect(day("2026-06-11", of: after)?["sent"] == 1)
    }

    @Test("F30: a receipt that comes after the move counts once, on the day of the message")
    func lateReceipt() async throws {
        let failed = try await send(), delivered = try await send()
        try await settle(.failed, "No answer.", of: failed)
        try await move(to: "Pacific/Kiritimati")
        try await settle(.delivered, of: failed)
        try await settle(.delivered, of: delivered)
        let least = try await count("SELECT min(failed) FROM usageReason")
        let after = try await settled()

        #expect(least == nil, "nothing is left of the old days, not even below zero")
        #expect(day("2026-06-11", of: after)?["delivered"] == 2 && day("2026-06-11", of: after)?["failed"] == 0)
        #expect(after["reasons"] == [])
        #expect(after["totals"]?["sent"] == 2 && after["totals"]?["delivered"] == 2)
    }

    @Test("A message that is sent after the move is counted once")
    func sentMeanwhile() async throws {
        _ = try await send()
        try await move(to: "Pacific/Kiritimati")
        _ = try await send()
        let after = try await settled()
        _ = try await send()
        let later = try await summary()

        #expect(day("2026-06-11", of: after)?["sent"] == 2)
        #expect(later["isCounting"] == false && day("2026-06-11", of: later)?["sent"] == 3)
    }

    @Test("The figures of other domains stay as they are meanwhile")
    func others() async throws {
        _ = try await host.store.write { db in
            try host.conversations.receive(
                Arrival(kind: .sms, domain: .globex, remote: "+41791234567", to: .globexDesk, text: "Hello"), in: db)
        }
        _ = try await send()
        try await move(to: "Pacific/Kiritimati")
        _ = try await send()

        let globex = try await host.request(.get, "summary?days=5", as: .eve).json
        #expect(globex["isCounting"] == false && globex["totals"]?["received"] == 1)
        _ = try await settled()
        #expect(try await count("SELECT sum(received) FROM usageCount WHERE domainId = 'globex.example'") == 1)
    }

    @Test("One that moves while everything is counted anew has everything counted anew once more")
    func movesDuringARecount() async throws {
        for _ in 1...3 { _ = try await send() }
        try await host.plugin.recount.begin()
        try await move(to: "Pacific/Kiritimati")
        _ = try await send()
        let after = try await settled()

        #expect(after["totals"]?["sent"] == 4 && day("2026-06-11", of: after)?["sent"] == 4)
    }

    @Test("What was stored while nobody counted, after a move that wasn't counted to its end, is counted once")
    func gapAfterTheMove() async throws {
        _ = try await send()
        try await move(to: "Pacific/Kiritimati")
        _ = try await send()
        // Nobody counts what is stored while the plugin is off.
        try await host.store.write { db in
            try db.execute(sql: "CREATE TEMP TABLE third AS SELECT * FROM message LIMIT 1")
            try db.execute(sql: "UPDATE third SET id = 'third', sequence = 99, clientId = 'third'")
            try db.execute(sql: "INSERT INTO message SELECT * FROM third")
        }
        let after = try await settled()

        #expect(after["totals"]?["sent"] == 3 && day("2026-06-11", of: after)?["sent"] == 3)
    }

    @Test("S68: of domains that are a day apart every day is shown, and the days add up")
    func daysOfSeveralZones() async throws {
        try await host.store.write { db in
            try db.execute(sql: "UPDATE domain SET timeZone = 'Pacific/Kiritimati' WHERE id = 'globex.example'")
        }
        let talk = try host.conversations.makeSMS(with: "+16195550142", through: .globexDesk)
        _ = try await host.send("Tomorrow", in: talk, as: .eve, from: .globexDesk)
        _ = try await settled()
        let root = TestPerson(
            id: TestPerson.olga.id, domain: .acme, fullName: "Olga", extension: "102", scope: .superUser)

        let figures = try await host.request(.get, "summary?days=5", as: root).json

        let days = figures["days"]?.array ?? []
        #expect(days.compactMap { $0["sent"]?.int }.reduce(0, +) == figures["totals"]?["sent"]?.int)
        #expect(days.last?["day"] == "2026-06-11")
        #expect(days.last?["sent"] == 1)
    }
}
