import Foundation
import PatchbaySDK

/// Who has asked for no messages and who has agreed to them, and how we know.
extension SMSRoutes {
    static let consentBody = Schema([
        "type": "object", "required": ["isGiven"], "additionalProperties": false,
        "properties": [
            "isGiven": ["type": "boolean"],
            "ourNumber": ["type": ["string", "null"], "minLength": 1, "maxLength": 64],
        ],
    ])

    @Sendable func noteConsent(_ request: PluginRequest) async throws -> PluginResponse {
        let body = try request.json(Self.consentBody)
        let isGiven = body["isGiven"]?.bool ?? false
        let typed = body["ourNumber"]?.string
        try await context.store.write { db in
            let (remote, domain) = try subject(of: request, in: db)
            let region = try region(of: domain, in: db)
            let number = try typed.map { try PhoneNumber(typed: $0, region: region) }
            if let number, try context.numbers.record(of: number, in: db)?.domain != domain {
                throw PortalError.notFound("number")
            }
            try optOuts.note(
                isGiven: isGiven, remote, in: domain, ourNumber: number,
                by: .administrator(try name(of: request, in: db), reason: nil), db: db)
        }
        return .done
    }

    @Sendable func ledger(_ request: PluginRequest) async throws -> PluginResponse {
        let limit = try Self.limit(of: request)
        let before = try Self.cursor(of: request)
        let typed = request.query["remote"]
        let entries = try await context.store.read { db in
            let domain = try domain(of: request, in: db)
            let region = try region(of: domain, in: db)
            let remote = try typed.map { try Remote.read(typed: $0, region: region) }
            return try optOuts.ledger(of: domain, about: remote, before: before, limit: limit + 1, db: db)
        }
        let page = entries.prefix(limit)
        let items = page.map { entry -> JSON in
            [
                "remote": .string(entry.remote), "ourNumber": JSON(entry.ourNumber), "deed": .string(entry.deed),
                "source": .string(entry.source), "word": .string(entry.word), "messageId": JSON(entry.message),
                "reason": JSON(entry.reason), "addedBy": JSON(entry.addedBy),
                "at": .string(Date(milliseconds: entry.at).rfc3339),
            ]
        }
        let next = entries.count > limit ? page.last.map { String($0.id) } : nil
        return .json(["items": .array(items), "next": JSON(next)])
    }
}
