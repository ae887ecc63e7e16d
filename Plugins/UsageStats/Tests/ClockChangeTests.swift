import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import UsageStats

/// A day on which clocks are put forward or back, and how many hours it has.
struct ChangedDay: Sendable, CustomTestStringConvertible {
    let zone: String
    let day: String
    /// Its midnight, as the world counts; where that doesn't exist, its first moment.
    let begin: String
    let hours: Double

    var testDescription: String { "\(zone) \(day): \(hours) h" }

    /// In spring and autumn; by half an hour; at midnight itself; on the first of a month; in a leap year.
    static let all = [
        ChangedDay(zone: "Europe/Berlin", day: "2026-03-29", begin: "2026-03-28T23:00:00Z", hours: 23),
        ChangedDay(zone: "Europe/Berlin", day: "2026-10-25", begin: "2026-10-24T22:00:00Z", hours: 25),
        ChangedDay(zone: "America/Los_Angeles", day: "2026-03-08", begin: "2026-03-08T08:00:00Z", hours: 23),
        ChangedDay(zone: "America/Los_Angeles", day: "2026-11-01", begin: "2026-11-01T07:00:00Z", hours: 25),
        ChangedDay(zone: "Australia/Lord_Howe", day: "2026-10-04", begin: "2026-10-03T13:30:00Z", hours: 23.5),
        ChangedDay(zone: "Australia/Lord_Howe", day: "2026-04-05", begin: "2026-04-04T13:00:00Z", hours: 24.5),
        ChangedDay(zone: "America/Havana", day: "2026-03-08", begin: "2026-03-08T05:00:00Z", hours: 23),
        ChangedDay(zone: "Asia/Tokyo", day: "2028-02-29", begin: "2028-02-28T15:00:00Z", hours: 24),
    ]
}

@Suite("Days on which clocks are put forward and back")
struct ClockChangeTests {
    private func start(of changed: ChangedDay) throws -> Date { try Date(changed.begin, strategy: .iso8601) }

    /// A portal of `changed`'s zone, at the midnight a day before.
    private func office(_ changed: ChangedDay) async throws -> TestHost<UsageStatsPlugin> {
        let host = try await TestHost(
            UsageStatsPlugin.self, clock: TestClock(at: try start(of: changed).addingTimeInterval(-86_400)))
        try await host.store.write { db in
            try db.execute(sql: "UPDATE domain SET timeZone = ?", arguments: [changed.zone])
        }
        return host
    }

    private func receive(_ host: TestHost<UsageStatsPlugin>) async throws {
        _ = try await host.store.write { db in
            try host.conversations.receive(
                Arrival(kind: .sms, domain: .acme, remote: "+41791234567", to: .acmeDesk, text: "Hello"), in: db)
        }
    }

    private func days(_ host: TestHost<UsageStatsPlugin>, _ length: Int = 3) async throws -> [String: JSON] {
        let days = try await host.request(.get, "summary?days=\(length)", as: .olga).json["days"]?.array ?? []
        #expect(days.count == length)
        return Dictionary(uniqueKeysWithValues: days.map { ($0["day"]?.string ?? "", $0) })
    }

    private func leastFigure(_ host: TestHost<UsageStatsPlugin>) async throws -> Int? {
        try await host.store.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT min(n) FROM (
                        SELECT min(received, sent, segments, delivered, failed, chats) AS n FROM usageCount
                        UNION ALL SELECT failed FROM usageReason UNION ALL SELECT replies FROM usageReply
                        UNION ALL SELECT bucket FROM usageReply)
                    """)
        }
    }

    @Test("F30, S67: such a day has the messages of all its hours and of no other's", arguments: ChangedDay.all)
    func aDayHasItsHours(changed: ChangedDay) async throws {
        let host = try await office(changed)
        let halfHours = 48 + Int(changed.hours * 2) + 48
        for turn in 0..<halfHours {
            // At midnight itself, and at every half past and full hour.
            try await receive(host)
            if turn < halfHours - 1 { host.clock.advance(by: .seconds(1800)) }
        }

        let days = try await days(host)

        let middle = try #require(days[changed.day]?["received"]?.int)
        #expect(Double(middle) == changed.hours * 2)
        #expect(days.values.map { $0["received"]?.int ?? 0 }.sorted() == [middle, 48, 48].sorted())
        #expect(days.keys.sorted()[1] == changed.day)
        #expect(try await leastFigure(host) == 0)
    }

    @Test(
        "F30: a first reply over the change is as late as it was, and a message settles on the day it was stored",
        arguments: ChangedDay.all)
    func repliesAndStates(changed: ChangedDay) async throws {
        let host = try await office(changed)
        host.clock.advance(by: .seconds(86_400))
        let talk = try host.conversations.makeSMS(with: "+41791234567", through: .acmeDesk)
        try await receive(host)
        // The change is within four hours of midnight in all of them.
        host.clock.advance(by: .seconds(4 * 3600))
        let sent = try await host.send("Here we are", in: talk, as: .alice, from: .acmeDesk)
        host.clock.advance(by: .seconds(86_400))
        for (state, reason) in [(DeliveryState.failed, "No answer." as String?), (.delivered, nil)] {
            try await host.store.write { db in
                _ = try host.conversations.setState(state, reason: reason, of: sent.id, isRetry: false, in: db)
            }
        }

        let figures = try await host.request(.get, "summary?days=3", as: .olga).json
        let days = try await days(host)

        let half = try #require(figures["replies"]?["p50"]?.int)
        #expect(abs(Double(half) / (4 * 3600) - 1) < 0.05)
        #expect(days[changed.day]?["delivered"] == 1 && days[changed.day]?["failed"] == 0)
        #expect(figures["reasons"] == [])
        #expect(try await leastFigure(host) == 0)
    }

    @Test("F30, S67: a month that begins with such a day begins at its midnight")
    func monthBegins() async throws {
        let changed = try #require(ChangedDay.all.first { $0.day.hasSuffix("-01") })
        let host = try await office(changed)
        host.clock.advance(by: .milliseconds(86_399_999))
        try await receive(host)
        let before = try await host.request(.get, "summary", as: .olga).json["counters"]
        host.clock.advance(by: .milliseconds(1))
        try await receive(host)
        host.clock.advance(by: .seconds(25 * 3600 - 1))
        try await receive(host)
        let after = try await host.request(.get, "summary", as: .olga).json["counters"]

        #expect(before?["smsReceivedThisMonth"] == 1)
        #expect(after?["smsReceivedToday"] == 2)
        #expect(after?["smsReceivedThisMonth"] == 2)
        #expect(after?["smsReceivedLastMonth"] == 1)
    }

    @Test("F30: a clock that is set back while somebody waits makes no figure negative", arguments: [-3600, -1800, -1])
    func setBack(seconds: Int) async throws {
        let host = try await office(ChangedDay.all[0])
        let talk = try host.conversations.makeSMS(with: "+41791234567", through: .acmeDesk)
        host.clock.advance(by: .seconds(86_400))
        try await receive(host)
        host.clock.jump(by: .seconds(seconds))
        _ = try await host.send("Here we are", in: talk, as: .alice, from: .acmeDesk)
        host.clock.advance(by: .seconds(7200))

        let figures = try await host.request(.get, "summary?days=3", as: .olga).json

        #expect(figures["replies"]?["count"] == 1)
        #expect(figures["totals"]?["sent"] == 1 && figures["totals"]?["received"] == 1)
        #expect(try await leastFigure(host) == 0)
    }
}
