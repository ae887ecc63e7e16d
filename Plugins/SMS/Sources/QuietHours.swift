import Foundation
import PatchbaySDK

/// The part of the day in which recipients aren't to be woken, by their own clocks. It may go over midnight.
struct QuietHours: Sendable, Equatable {
    /// Seconds since midnight; never the same as `until`.
    let from: Int
    /// Seconds since midnight.
    let until: Int
    /// For how long after a customer wrote a person may answer at any hour; zero for never.
    let repliesWithin: Duration

    private static let day = 86_400
    /// Zones around the whole globe may leave no hour free; one zone leaves one every day, whatever summer time does.
    private static let farthest = TimeInterval(2 * day)

    /// The first moment from `now` on that is quiet in none of `zones`, which may be `now`; `nil` when there is none soon.
    func nextFree(from now: Date, in zones: [TimeZone]) -> Date? {
        var moment = now
        while let zone = zones.first(where: { isQuiet(moment, in: $0) }) {
            moment = end(after: moment, in: zone)
            guard moment.timeIntervalSince(now) < Self.farthest else { return nil }
        }
        return moment
    }

    func isQuiet(_ moment: Date, in zone: TimeZone) -> Bool {
        let time = Self.timeOfDay(moment, in: zone)
        return from < until ? (from..<until).contains(time) : time >= from || time < until
    }

    /// When the quiet hours end that `moment` is in, or else the clocks are changed, which may end them too.
    private func end(after moment: Date, in zone: TimeZone) -> Date {
        let left = (until - Self.timeOfDay(moment, in: zone) + Self.day) % Self.day
        let end = Date(timeIntervalSince1970: moment.timeIntervalSince1970.rounded(.down) + TimeInterval(left))
        guard let change = zone.nextDaylightSavingTimeTransition(after: moment), change < end else { return end }
        return change
    }

    private static func timeOfDay(_ moment: Date, in zone: TimeZone) -> Int {
        let local = Int(moment.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: moment)
        return (local % day + day) % day
    }

    /// Each domain's own before those of all; `nil` where there are none.
    struct Table: Sendable {
        let standard: QuietHours?
        let byDomain: [DomainID: QuietHours?]

        /// What holds in `domain`.
        func hours(of domain: DomainID) -> QuietHours? { byDomain[domain] ?? standard }
    }
}

extension QuietHours.Table {
    /// Reads the settings `quietHours`, `quietFrom`, `quietUntil`, `quietReplyHours` and, by domain, `quietHoursByDomain`.
    init(_ settings: Settings) throws(PortalError) {
        let isOn = settings.json["quietHours"]?.bool ?? false
        let (from, until) = (try settings.string("quietFrom"), try settings.string("quietUntil"))
        let replyHours = try settings.int("quietReplyHours")
        standard = try Self.hours(isOn: isOn, from, until, replyHours, at: "quietFrom and quietUntil")
        var byDomain: [DomainID: QuietHours?] = [:]
        for (name, own) in settings.json["quietHoursByDomain"]?.object ?? [:] {
            byDomain[DomainID(rawValue: name)] = .some(
                try Self.hours(
                    isOn: own["isOn"]?.bool ?? isOn, own["from"]?.string ?? from, own["until"]?.string ?? until,
                    own["replyHours"]?.int ?? replyHours, at: "from and until of \"\(name)\" in quietHoursByDomain"))
        }
        self.byDomain = byDomain
    }

    private static func hours(
        isOn: Bool, _ from: String, _ until: String, _ replyHours: Int, at place: String
    ) throws(PortalError) -> QuietHours? {
        guard let start = seconds(from), let end = seconds(until) else {
            throw PortalError(
                .invalid, id: "settings.invalid", "\(place) must be times of the day, such as 21:00 and 08:00.")
        }
        guard start != end else {
            throw PortalError(
                .invalid, id: "settings.contradiction",
                "\(place) must not be the same: no hour would be left to send in. Switch quiet hours off instead.")
        }
        guard isOn else { return nil }
        return QuietHours(from: start, until: end, repliesWithin: .seconds(3600 * replyHours))
    }

    /// "08:30" in seconds since midnight.
    private static func seconds(_ text: String) -> Int? {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else { return nil }
        return parts[0] * 3600 + parts[1] * 60
    }
}
