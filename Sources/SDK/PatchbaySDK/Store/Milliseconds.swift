import Foundation

extension Date {
    /// Whole milliseconds since 1970-01-01 UTC: how the store keeps time.
    public var milliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }

    /// The moment that is `milliseconds` after 1970-01-01 UTC.
    public init(milliseconds: Int) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// RFC 3339 in UTC with milliseconds, such as `2026-11-22T18:41:07.250Z`: how the API writes time.
    public var rfc3339: String {
        let (days, millisecondOfDay) = milliseconds.floorDivided(by: 86_400_000)
        // Days to a civil date, with years that begin in March so that leap days come last.
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097).quotient
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * march + 2) / 5 + 1
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let second = millisecondOfDay / 1000
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))T"
            + "\((second / 3600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))"
            + ".\((millisecondOfDay % 1000).padded(3))Z"
    }
}

extension Int {
    fileprivate func floorDivided(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = ((self % divisor) + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }

    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}

extension Duration {
    /// Whole milliseconds.
    public var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
