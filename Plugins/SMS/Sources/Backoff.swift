import PatchbaySDK

/// How long to wait before the next attempt: three times longer each time, with jitter, so that messages which failed
/// together don't all come back together.
struct Backoff: Sendable {
    let shortest: Duration
    let longest: Duration

    /// The wait after attempt number `attempt` (from 1): between 80 and 120 per cent of the step, never more than `longest`.
    ///
    /// The jitter comes from the ids, so the same row waits equally long in every run of a test.
    func delay(after attempt: Int, of entry: Int) -> Duration {
        var step = shortest
        for _ in 1..<max(attempt, 1) where step < longest { step *= 3 }
        // Leaves room for the jitter below the limit, or all the late attempts would fall together after all.
        step = min(step, longest / 1.2)
        let share = 0.8 + 0.4 * Self.fraction(UInt64(bitPattern: Int64(entry)) &* 31 &+ UInt64(attempt))
        return step * share
    }

    /// An even spread over 0..<1.
    private static func fraction(_ seed: UInt64) -> Double {
        var generator = SplitMix64(seed: seed)
        return Double(generator.next() >> 11) / Double(1 << 53)
    }
}
