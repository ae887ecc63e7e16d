import Foundation
import Testing

@testable import UsageStats

@Suite struct DayTests {
    private func moment(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test(
        "S67: a day is the domain's own, also where clocks are put forward and back",
        arguments: [
            ("2026-11-28T07:59:59Z", "America/Los_Angeles", "2026-11-27"),
            ("2026-11-28T08:00:00Z", "America/Los_Angeles", "2026-11-28"),
            // 29 March 2026 has 23 hours in Zurich, 25 October has 25.
            ("2026-03-28T23:00:00Z", "Europe/Zurich", "2026-03-29"),
            ("2026-03-29T21:59:59Z", "Europe/Zurich", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "Europe/Zurich", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "Europe/Zurich", "2026-10-25"),
            ("2026-10-25T22:59:59Z", "Europe/Zurich", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "Europe/Zurich", "2026-10-26"),
            ("1969-12-31T23:59:59Z", "UTC", "1969-12-31"),
        ])
    func dayOfAMoment(moment text: String, zone: String, day: String) throws {
        let zone = try #require(TimeZone(identifier: zone))

        #expect(Day(of: try moment(text), in: zone).text == day)
    }

    @Test(arguments: [("2026-03-01", "2026-03-01", "2026-02-01"), ("2026-01-31", "2026-01-01", "2025-12-01")])
    func months(day: String, start: String, before: String) throws {
        let day = Day(of: try moment("\(day)T12:00:00Z"), in: .gmt)

        #expect(day.startOfMonth.text == start)
        #expect(day.startOfMonthBefore.text == before)
    }

    @Test("A percentile is at most 5 % off")
    func percentiles() throws {
        let waits = (1...1000).map { $0 * 7 }
        var counts: [Int: Int] = [:]
        for seconds in waits { counts[ReplyTime.bucket(of: seconds * 1000), default: 0] += 1 }
        let buckets = counts.sorted { $0.key < $1.key }.map { (bucket: $0.key, replies: $0.value) }

        let half = try #require(ReplyTime.percentile(0.5, of: buckets))
        let most = try #require(ReplyTime.percentile(0.95, of: buckets))

        #expect(abs(half / 3500 - 1) < 0.05)
        #expect(abs(most / 6650 - 1) < 0.05)
        #expect(ReplyTime.percentile(0.5, of: []) == nil)
    }

    @Test(
        "What a spreadsheet would run is text",
        arguments: [
            ("=1+1", "'=1+1"), ("+16195550188", "'+16195550188"), ("Ann, \"Bee\"", "\"Ann, \"\"Bee\"\"\""),
            ("Ann", "Ann"),
            ("", ""),
        ])
    func csvCells(text: String, cell: String) {
        #expect(CSVExport.cell(text) == cell)
    }
}
