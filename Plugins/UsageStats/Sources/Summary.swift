import Foundation
import PatchbaySDK

/// The page of figures as JSON: of one domain, or summed up over several, with each by itself.
struct Summary: Sendable {
    let context: PluginContext
    let recount: Recount

    /// - Parameters:
    ///   - domains: The domains that the reader may see; what is shown by day, number and person is the first's.
    ///   - length: How many days, today included.
    func json(of domains: [DomainRecord], length: Int, in db: Database) throws -> JSON {
        guard let first = domains.first else { throw PortalError.notFound("domain") }
        let now = context.clock.now
        let periods = domains.map { Figures(domain: $0, days: Self.period(length, of: $0, at: now)) }
        let totals = try periods.map { try $0.sums(in: db) }
        let before = try domains.map { domain in
            let days = Self.period(length, of: domain, at: now)
            return try Figures(domain: domain, days: days.lowerBound.adding(-length)...days.lowerBound.adding(-1)).sums(
                in: db)
        }
        let isCounting = try domains.contains { try recount.isBehind($0, in: db) }
        var members: [String: JSON] = [
            "isShown": true, "isCounting": .bool(isCounting),
            "from": .string(periods[0].days.lowerBound.text), "to": .string(periods[0].days.upperBound.text),
            "timeZone": .string(first.timeZone), "domain": .string(first.name),
            "counters": try counters(of: domains, at: now, in: db),
            "totals": .object(totals.reduce(Sums(), +).json), "before": .object(before.reduce(Sums(), +).json),
            "optOuts": .int(try periods.reduce(0) { try $0 + $1.count(of: .optOut, in: db) }),
            "videoSessions": .int(try periods.reduce(0) { try $0 + $1.count(of: .video, in: db) }),
            "replies": try replies(periods, in: db),
            "reasons": .array(try reasons(periods, in: db)),
        ]
        members["days"] = .array(try days(periods, in: db))
        members["numbers"] = .array(try numbers(periods, in: db))
        members["people"] = .array(try people(periods, in: db))
        members["domains"] = .array(
            zip(domains, totals).map { domain, sums in
                .object(sums.json.merging(["id": .string(domain.id.rawValue), "name": .string(domain.name)]) { $1 })
            })
        return .object(members)
    }

    static func period(_ length: Int, of domain: DomainRecord, at now: Date) -> ClosedRange<Day> {
        let today = Day(of: now, in: domain.zone)
        return today.adding(1 - length)...today
    }

    /// The six counters of the field's billing pages.
    private func counters(of domains: [DomainRecord], at now: Date, in db: Database) throws -> JSON {
        var today = Sums(), month = Sums(), monthBefore = Sums()
        for domain in domains {
            let day = Day(of: now, in: domain.zone)
            today = try today + Figures(domain: domain, days: day...day).sums(in: db)
            month = try month + Figures(domain: domain, days: day.startOfMonth...day).sums(in: db)
            let last = day.startOfMonthBefore...day.startOfMonth.adding(-1)
            monthBefore = try monthBefore + Figures(domain: domain, days: last).sums(in: db)
        }
        return [
            "smsSentToday": .int(today.sent), "smsSentThisMonth": .int(month.sent),
            "smsSentLastMonth": .int(monthBefore.sent), "smsReceivedToday": .int(today.received),
            "smsReceivedThisMonth": .int(month.received), "smsReceivedLastMonth": .int(monthBefore.received),
        ]
    }

    /// One entry a day, also for days without any. Domains may be a day apart: each counts on its own date.
    private func days(_ periods: [Figures], in db: Database) throws -> [JSON] {
        let found = try periods.map { try $0.byDay(in: db) }
        let first = periods.map(\.days.lowerBound.number).min() ?? 0
        let last = periods.map(\.days.upperBound.number).max() ?? 0
        return (first...last).map { number in
            let sums = found.map { $0[Day(number: number)] ?? Sums() }.reduce(Sums(), +)
            return .object(sums.json.merging(["day": .string(Day(number: number).text)]) { $1 })
        }
    }

    private func numbers(_ periods: [Figures], in db: Database) throws -> [JSON] {
        try periods.flatMap { period in
            try period.byNumber(in: db).map { number, sums in
                let label = try context.numbers.record(of: number, in: db)?.label
                return .object(
                    sums.json.merging([
                        "number": .string(number.e164),
                        "formatted": .string(number.formatted(for: period.domain.region)),
                        "label": JSON(label), "domain": .string(period.domain.id.rawValue),
                    ]) { $1 })
            }
        }
    }

    private func people(_ periods: [Figures], in db: Database) throws -> [JSON] {
        try periods.flatMap { period in
            try period.byUser(in: db).map { user, sums in
                let person = try context.directory.user(user, of: period.domain.id, in: db)
                return .object(
                    sums.json.merging([
                        "id": .string(user.rawValue), "name": JSON(person?.fullName),
                        "extension": JSON(person?.extension), "domain": .string(period.domain.id.rawValue),
                    ]) { $1 })
            }
        }
    }

    private func replies(_ periods: [Figures], in db: Database) throws -> JSON {
        var counts: [Int: Int] = [:]
        for period in periods {
            for (bucket, replies) in try period.replies(in: db) { counts[bucket, default: 0] += replies }
        }
        let sorted = counts.sorted { $0.key < $1.key }.map { (bucket: $0.key, replies: $0.value) }
        func seconds(_ share: Double) -> JSON {
            JSON(ReplyTime.percentile(share, of: sorted).map { Int($0.rounded()) })
        }
        return ["count": .int(counts.values.reduce(0, +)), "p50": seconds(0.5), "p95": seconds(0.95)]
    }

    private func reasons(_ periods: [Figures], in db: Database) throws -> [JSON] {
        var counts: [String: Int] = [:]
        for period in periods {
            for (reason, failed) in try period.reasons(in: db) { counts[reason, default: 0] += failed }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            ["reason": .string($0), "count": .int($1)]
        }
    }
}
