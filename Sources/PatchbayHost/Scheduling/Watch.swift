import Logging
import PatchbaySDK

/// Does what falls due, again and again: looks, then sleeps until the next moment or until the bell rings.
struct Watch: Sendable {
    /// Wall clocks are set; a sleep isn't. So no sleep is longer than this while something waits.
    private static let longestSleep = Duration.seconds(600)

    let name: String
    let bell: Bell
    let clock: any PortalClock
    let log: Logger

    /// Runs until it is cancelled. An error is logged and ends one look only.
    ///
    /// - Parameter look: Does what is due; says how long until something is, `nil` when nothing waits.
    func run(_ look: () async throws -> Duration?) async {
        while !Task.isCancelled {
            var pause: Duration? = .seconds(2)
            do { pause = try await look() } catch is CancellationError { return } catch {
                log.warning("\(name) failed", metadata: ["error": "\(error)"])
            }
            await bell.wait(atMost: pause.map { min($0, Self.longestSleep) }, clock: clock)
        }
    }
}
