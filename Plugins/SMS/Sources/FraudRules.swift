import Foundation
import PatchbaySDK

/// Keeps toll fraud small: numbers that cost extra, countries nobody writes to, and more in a day than the domain ever
/// needs. Asked in the send gate, so a carrier never sees what is refused here.
struct FraudRules: Sendable {
    let clock: any PortalClock
    let limits: SendLimits.Table

    /// Why `draft` may not go to its number, or not today. The one word that the law wants, after STOP, always may.
    func objection(to draft: Draft, in db: Database) throws -> PortalError? {
        guard draft.purpose != .complianceReply, let remote = draft.conversation.remote else { return nil }
        let limits = limits.limits(of: draft.conversation.domain)
        if !limits.allowsPremiumRate, let number = PhoneNumber(e164: remote), number.isPremiumRate {
            return PortalError(
                .forbidden, id: "sms.destination-premium",
                "This number costs extra, so messages to it are not allowed here. Ask your administrator.")
        }
        guard limits.allows(remote) else {
            return PortalError(
                .forbidden, id: "sms.destination-not-allowed",
                "Messages to this country are not allowed here. Ask your administrator.")
        }
        // What waits was counted when it was taken.
        guard draft.message == nil else { return nil }
        let usage = DailyUsage(domain: draft.conversation.domain)
        let now = clock.now
        let parts = max(1, Segmentation(draft.text).parts.count)
        guard try usage.total(at: now, in: db) + parts > limits.segmentsPerDay else { return nil }
        return PortalError(
            .rateLimited(retryAfter: .seconds(3600)), id: "sms.daily-limit",
            "Your company has sent \(limits.segmentsPerDay) SMS within a day, which is the limit. Ask your administrator."
        )
    }
}
