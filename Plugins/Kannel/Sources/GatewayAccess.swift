import PatchbaySDK
import Synchronization

/// Whether Kannel lets the portal in. It can't be asked without sending something, so the answers to submits tell.
final class GatewayAccess: Sendable {
    private let isRefused = Mutex(false)
    private let bell = Bell()

    /// Notes what an answer to a submit says about the user name and password.
    func note(_ answer: OutboundAnswer) {
        let isRefusal = SendSMS.refusesAccess(answer)
        isRefused.withLock { $0 = isRefusal }
        if isRefusal { bell.ring() }
    }

    /// Waits until Kannel refuses the portal, and says so at once while it still does.
    ///
    /// - Throws: `PortalError.unavailable` (`kannel.access-refused`), which shows the plugin as degraded.
    func watch(clock: any PortalClock) async throws {
        while !Task.isCancelled {
            guard !isRefused.withLock(\.self) else { throw Self.refusal }
            await bell.wait(atMost: nil, clock: clock)
        }
    }

    private static let refusal = PortalError(
        .unavailable(retryAfter: .seconds(60)), id: "kannel.access-refused",
        "Kannel refuses the portal's user name or password; messages wait meanwhile.",
        details: [
            "mend": "Give username and password of Kannel's “group = sendsms-user” in the settings of “kannel”."
        ])
}
