import Foundation
import PatchbaySDK

/// What the SMS plugin answers below `/api/v1/sms/`.
struct SMSRoutes: Sendable {
    let context: PluginContext
    let rules: SendRules
    let limits: SendLimits.Table
    let outbox: Outbox
    let optOuts: OptOuts

    private static let use = Permission(rawValue: "sms.use")

    @RouteBuilder var all: [Route] {
        Route.post("segments", requires: Self.use, segments)
        Route.get("messages/:message/history", requires: Self.use, history)
        Route.post("messages/:message/retry", requires: Self.use, retry)
        Route.post("messages/:message/send-now", requires: Self.use, sendNow)
        Route.post("messages/:message/take-back", requires: Self.use, takeBack)
        Route.get("dead-letters", requires: .domainAdmin, deadLetters)
        Route.get("outbox", requires: .domainAdmin, stuck)
        Route.post("outbox/:message/retry", requires: .domainAdmin, retryStuck)
        Route.post("outbox/:message/discard", requires: .domainAdmin, discard)
        Route.get("opt-outs", requires: .domainAdmin, optOutList)
        Route.put("opt-outs/:remote", requires: .domainAdmin, addOptOut)
        Route.post("opt-outs/:remote/removal", requires: .domainAdmin, removeOptOutWithReason)
        Route.delete("opt-outs/:remote", requires: .domainAdmin, removeOptOut)
        Route.put("consents/:remote", requires: .domainAdmin, noteConsent)
        Route.get("ledger", requires: .domainAdmin, ledger)
    }

    private static let segmentsBody = Schema([
        "type": "object", "required": ["text"], "additionalProperties": false,
        "properties": ["text": ["type": "string", "maxLength": 10_000]],
    ])

    @Sendable private func segments(_ request: PluginRequest) async throws -> PluginResponse {
        let text = try request.json(Self.segmentsBody)["text"]?.string ?? ""
        let segmentation = Segmentation(text)
        return .json([
            "encoding": .string(segmentation.encoding.rawValue), "segments": .int(segmentation.parts.count),
            "characters": .int(segmentation.units), "remaining": .int(segmentation.remaining),
        ])
    }

    @Sendable private func history(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let id: MessageID = request.id("message")
        let steps = try await context.store.read { db in
            guard let message = try context.conversations.message(id, for: caller, in: db) else {
                throw PortalError.notFound("message")
            }
            return try outbox.log.steps(of: message.id, domain: caller.domain, in: db)
        }
        return .json([
            "items": .array(
                steps.map { step in
                    [
                        "state": .string(step.state), "reason": JSON(step.reason), "attempt": .int(step.attempt),
                        "at": .string(Date(milliseconds: step.at).rfc3339),
                    ]
                })
        ])
    }

    @Sendable private func retry(_ request: PluginRequest) async throws -> PluginResponse {
        try await change(request) { message, conversation, caller, db in
            let draft = Draft(
                conversation: conversation, author: .user(caller.user), text: message.text, from: message.via)
            try outbox.retry(message, hold: try rules.hold(draft, in: db), in: db)
        }
    }
}
