import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite("Quiet hours by the clock of a zone")
struct QuietHoursTests {
    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    private func zones(_ names: String...) throws -> [TimeZone] {
        try names.map { try #require(TimeZone(identifier: $0)) }
    }

    private func hours(_ from: Int, _ until: Int) -> QuietHours {
        QuietHours(from: from * 60, until: until * 60, repliesWithin: .zero)
    }

    @Test(
        "U11: quiet hours go over midnight, begin with their first minute and end before their last",
        arguments: [
            ("2026-06-10T18:59:59Z", "2026-06-10T18:59:59Z"), ("2026-06-10T19:00:00Z", "2026-06-11T06:00:00Z"),
            ("2026-06-10T21:59:59Z", "2026-06-11T06:00:00Z"), ("2026-06-10T22:00:00Z", "2026-06-11T06:00:00Z"),
            ("2026-06-11T05:59:59Z", "2026-06-11T06:00:00Z"), ("2026-06-11T06:00:00Z", "2026-06-11T06:00:00Z"),
            ("2026-06-11T12:00:00Z", "2026-06-11T12:00:00Z"),
        ])
    func overMidnight(now: String, free: String) throws {
        let found = hours(21 * 60, 8 * 60).nextFree(from: try date(now), in: try zones("Europe/Zurich"))

        #expect(found == (try date(free)))
    }

    @Test("U11: quiet hours may be of one day, such as a siesta")
    func withinADay() throws {
        let (siesta, madrid) = (hours(14 * 60, 16 * 60), try zones("Europe/Madrid"))

        #expect(
            siesta.nextFree(from: try date("2026-06-10T12:30:00Z"), in: madrid) == (try date("2026-06-10T14:00:00Z")))
        #expect(
            siesta.nextFree(from: try date("2026-06-10T23:00:00Z"), in: madrid) == (try date("2026-06-10T23:00:00Z")))
    }

    @Test(
        "U11: eight in the morning is eight after the clocks went forward and after they went back",
        arguments: [("2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z"), ("2026-11-01T02:00:00Z", "2026-11-01T13:00:00Z")])
    func clocksChangeInTheNight(now: String, free: String) throws {
        let found = hours(21 * 60, 8 * 60).nextFree(from: try date(now), in: try zones("America/New_York"))

        #expect(found == (try date(free)))
    }

    @Test(
        "U11: an end in the hour that is left out is the moment the clocks jump; one in the hour that comes twice holds twice"
    )
    func endInTheHourOfTheChange() throws {
        let newYork = try zones("America/New_York")
        let jump = hours(22 * 60, 2 * 60 + 30).nextFree(from: try date("2026-03-08T06:30:00Z"), in: newYork)
        let first = hours(22 * 60, 60 + 30).nextFree(from: try date("2026-11-01T05:10:00Z"), in: newYork)
        let second = hours(22 * 60, 60 + 30).nextFree(from: try date("2026-11-01T06:10:00Z"), in: newYork)

        #expect(jump == (try date("2026-03-08T07:00:00Z")))
        #expect(first == (try date("2026-11-01T05:30:00Z")))
        #expect(second == (try date("2026-11-01T06:30:00Z")))
    }

    @Test("U11: of several zones the strictest decides, and zones around the globe may leave no hour")
    func strictestZone() throws {
        let (coasts, globe) = (
            try zones("America/New_York", "America/Los_Angeles"),
            try zones("Pacific/Honolulu", "America/New_York", "Europe/Paris", "Asia/Kolkata", "Asia/Tokyo")
        )

        #expect(
            hours(21 * 60, 8 * 60).nextFree(from: try date("2026-06-11T01:00:00Z"), in: coasts)
                == (try date("2026-06-11T15:00:00Z")))
        #expect(hours(21 * 60, 8 * 60).nextFree(from: try date("2026-06-11T01:00:00Z"), in: globe) == nil)
    }

    @Test(
        "U11: quiet hours that leave no hour of the day are refused with a sentence that names the setting",
        arguments: [
            (["quietHours": true, "quietFrom": "08:00"], "quietFrom and quietUntil"),
            (["quietHoursByDomain": ["acme.example": ["from": "09:00", "until": "09:00"]]], "acme.example"),
        ] as [(JSON, String)])
    func hoursWithoutEnd(_ settings: JSON, name: String) async throws {
        let error = await #expect(throws: PortalError.self) { try await TestHost(SMSPlugin.self, settings: settings) }

        #expect(error?.id == "settings.contradiction")
        #expect(error?.message.contains(name) == true)
    }

    @Test("U11: what is no time of the day is refused", arguments: ["25:00", "8:00", "08:60", "eight", "", "21:00\n"])
    func noTimeOfDay(text: String) async throws {
        await #expect(throws: (any Error).self) {
            try await TestHost(SMSPlugin.self, settings: ["quietUntil": .string(text)])
        }
    }
}
