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
        var text: [UInt8] = []
        text.reserveCapacity(24)
        year.write(digits: 4, then: "-", to: &text)
        month.write(digits: 2, then: "-", to: &text)
        day.write(digits: 2, then: "T", to: &text)
        (second / 3600).write(digits: 2, then: ":", to: &text)
        (second / 60 % 60).write(digits: 2, then: ":", to: &text)
        (second % 60).write(digits: 2, then: ".", to: &text)
        (millisecondOfDay % 1000).write(digits: 3, then: "Z", to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

extension Int {
    fileprivate func floorDivided(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = ((self % divisor) + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }

    /// With leading zeros; the highest digits of a number that is longer are left out.
    fileprivate func write(digits: Int, then separator: Unicode.Scalar, to text: inout [UInt8]) {
        var unit = 1
        for _ in 1..<digits { unit *= 10 }
        while unit > 0 {
            text.append(UInt8(ascii: "0") + UInt8(abs(self / unit % 10)))
            unit /= 10
        }
        text.append(UInt8(ascii: separator))
    }
}

extension Duration {
    /// Whole milliseconds.
    public var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
