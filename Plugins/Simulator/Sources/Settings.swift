import PatchbaySDK

/// How good a network the simulator plays.
struct SimulatorSettings: Sendable {
    let seed: UInt64
    let window: Int
    /// Milliseconds from a submit to its answer.
    let latency: ClosedRange<Int>
    /// Milliseconds from the answer to the receipt that it is sent, and as long again to the one that it is delivered.
    let receiptDelay: Int
    /// Of a hundred submits, how many are refused for now.
    let temporaryFailurePercent: Double
    /// Of a hundred messages, how many never arrive.
    let undeliveredPercent: Double
    /// How long a carrier that doesn't answer is waited for.
    let silence: Duration

    init(_ settings: Settings) throws(PortalError) {
        seed = UInt64(bitPattern: Int64(try settings.int("seed")))
        window = try settings.int("window")
        let shortest = try settings.int("shortestLatencyMilliseconds")
        let longest = try settings.int("longestLatencyMilliseconds")
        guard shortest <= longest else {
            throw PortalError(
                .invalid, id: "settings.contradiction",
                "shortestLatencyMilliseconds must not be more than longestLatencyMilliseconds.")
        }
        latency = shortest...longest
        receiptDelay = try settings.int("receiptDelayMilliseconds")
        temporaryFailurePercent = try settings.double("temporaryFailurePercent")
        undeliveredPercent = try settings.double("undeliveredPercent")
        silence = .seconds(try settings.int("silenceSeconds"))
    }
}
