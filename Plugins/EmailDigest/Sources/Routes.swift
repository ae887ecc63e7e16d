import Foundation
import PatchbaySDK

extension Permission {
    /// May choose whether unread messages are told by e-mail.
    static let emailUse = Permission(rawValue: "email.use")
}

/// What the settings page and the administrator ask for.
extension EmailDigestPlugin {
    @RouteBuilder var digestRoutes: [Route] {
        Route.get("digest", requires: .emailUse, show)
        Route.put("digest", requires: .emailUse, choose)
        Route.post("test", requires: .systemAdmin, sendTest)
    }

    private static let choiceBody = Schema([
        "type": "object", "required": ["isOn"], "additionalProperties": false,
        "properties": ["isOn": ["type": "boolean"]],
    ])

    private static let testBody = Schema([
        "type": "object", "required": ["to"], "additionalProperties": false,
        "properties": ["to": ["type": "string", "minLength": 3, "maxLength": 320]],
    ])

    @Sendable private func show(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        return .json(try await context.store.read { [self] db in try choice(of: caller, in: db) })
    }

    @Sendable private func choose(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let isOn = try request.json(Self.choiceBody)["isOn"]?.bool ?? false
        return .json(
            try await context.store.write { [self] db in
                try choices.set(isOn, caller.user, of: caller.domain, in: db)
                return try choice(of: caller, in: db)
            })
    }

    private func choice(of caller: Caller, in db: Database) throws -> JSON {
        let reader = try context.readers.reader(caller.user, of: caller.domain, in: db)
        return [
            "isOn": .bool(try choices.isOn(caller.user, of: caller.domain, in: db)),
            "address": JSON(reader?.email), "afterMinutes": .int(max(1, settings.after.milliseconds / 60_000)),
        ]
    }

    @Sendable private func sendTest(_ request: PluginRequest) async throws -> PluginResponse {
        guard let to = Mailbox(try request.json(Self.testBody)["to"]?.string ?? "") else {
            throw PortalError(
                .invalid, id: "email.address-wrong",
                "That isn't an e-mail address. Write it like ann@harbor.example.")
        }
        let found = await ServerTest(context: context, settings: settings, server: server).run(sendingTo: to)
        return .json([
            "items": .array(
                found.map { one in
                    [
                        "subject": .string(one.subject), "verdict": .string(one.verdict.rawValue),
                        "finding": .string(one.finding), "mend": JSON(one.mend),
                    ]
                })
        ])
    }
}
