import Foundation
import PatchbaySDK

/// A day of a domain: midnight to midnight in its time zone, so that one may have 23 or 25 hours.
struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    let number: Int

    static func < (one: Day, other: Day) -> Bool { one.number < other.number }

    /// The day that `moment` falls on in `zone`.
    init(of moment: Date, in zone: TimeZone) {
        let local = moment.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: moment))
        number = Int((local / 86_400).rounded(.down))
    }

    init(number: Int) { self.number = number }

    func adding(_ days: Int) -> Day { Day(number: number + days) }

    /// The first day of its month.
    var startOfMonth: Day { adding(1 - date.day) }

    /// The first day of the month before.
    var startOfMonthBefore: Day { startOfMonth.adding(-1).startOfMonth }

    /// ISO 8601, such as `2026-11-28`.
    var text: String {
        let (year, month, day) = date
        return String(format: "%04d-%02d-%02d", year, month, day)
    }

    private var date: (year: Int, month: Int, day: Int) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
        return (parts.year ?? 1970, parts.month ?? 1, parts.day ?? 1)
    }
}

extension DomainRecord {
    /// The domain's time zone; UTC for a name that this system doesn't know.
    var zone: TimeZone { TimeZone(identifier: timeZone) ?? .gmt }
}
