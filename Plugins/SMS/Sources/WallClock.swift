import Foundation
import PatchbaySDK

/// Notices that somebody has set the clock: the wall clock has gone further, or less far, than time has.
struct WallClock {
    /// Clocks are kept right in small steps all the time; those don't matter to anybody.
    private static let smallest = Duration.seconds(1)
    private var difference: Duration

    init(_ clock: any PortalClock) { difference = Self.difference(clock) }

    /// How far the clock was set since the last call; zero for less than a second.
    func step(_ clock: any PortalClock) -> Duration {
        let now = Self.difference(clock)
        let step = now - difference
        guard step >= Self.smallest || step <= .zero - Self.smallest else { return .zero }
        return step
    }

    /// Takes the new time as the right one.
    mutating func follow(_ step: Duration) { difference += step }

    private static func difference(_ clock: any PortalClock) -> Duration {
        .milliseconds(clock.now.milliseconds) - clock.elapsed
    }
}
