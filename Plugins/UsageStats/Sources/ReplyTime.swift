import Foundation

/// How long somebody waited for an answer, as a bucket of a histogram: each is a tenth wider than the one before, so a
/// percentile that is read from it is at most 5 % off.
enum ReplyTime {
    private static let growth = log(1.1)
    /// The last bucket holds everything from half a year on.
    static let lastBucket = 175

    /// - Parameter milliseconds: Less than a second counts as one.
    static func bucket(of milliseconds: Int) -> Int {
        let seconds = max(Double(milliseconds) / 1000, 1)
        return min(Int(log(seconds) / growth), lastBucket)
    }

    /// The middle of a bucket, in seconds.
    static func seconds(of bucket: Int) -> Double { exp((Double(bucket) + 0.5) * growth) }

    /// The time, in seconds, within which `share` of all answers came; `nil` when there are none.
    ///
    /// - Parameter buckets: How many answers each bucket has, in the order of buckets.
    static func percentile(_ share: Double, of buckets: [(bucket: Int, replies: Int)]) -> Double? {
        let all = buckets.reduce(0) { $0 + $1.replies }
        guard all > 0 else { return nil }
        var left = max(1, Int((Double(all) * share).rounded(.up)))
        for (bucket, replies) in buckets {
            left -= replies
            if left <= 0 { return seconds(of: bucket) }
        }
        return buckets.last.map { seconds(of: $0.bucket) }
    }
}
