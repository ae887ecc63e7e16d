import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/connections`: what connects the portal to the outside, and test messages through it.
enum AdminConnectionEndpoints {
    /// So many numbers of a carrier are offered to test with.
    private static let mostNumbers = 100

    static let all: [Endpoint] = [
        .get("/admin/connections", .user(.systemAdmin)) { request in
            let portal = request.portal
            let connections = portal.plugins.running.filter(\.isConnection)
            let items = try await portal.store.read { db in
                try connections.map { try json(of: $0, portal, in: db) }
            }
            return .json(try JSON.page(items, of: request))
        },
        .post("/admin/connections/{id}/test-messages", .user(.systemAdmin)) { request in
            guard let from = PhoneNumber(e164: request.body["from"]?.string ?? "") else {
                throw PortalError.notFound("number of this carrier")
            }
            let test = try await request.portal.sendTestMessage(
                by: request.id("id"), from: from, to: request.body["to"]?.string ?? "")
            return .json(test.json, status: .created)
        },
    ]

    private static func json(of plugin: RunningPlugin, _ portal: Portal, in db: Database) throws -> JSON {
        let numbers = try Row.fetchAll(
            db,
            sql: """
                SELECT number, domainId, label, region FROM number JOIN domain ON domain.id = domainId
                WHERE carrier = ? ORDER BY domainId, number LIMIT ?
                """,
            arguments: [plugin.id, mostNumbers]
        ).map { row -> JSON in
            let number: String = row["number"]
            let formatted = PhoneNumber.formatted(number, for: row["region"])
            return [
                "number": .string(number), "formatted": .string(formatted), "domain": .string(row["domainId"]),
                "label": .string(row["label"]),
            ]
        }
        let inbound = portal.carriers.lastInbound(by: plugin.id)
        return [
            "id": .string(plugin.id.rawValue), "name": .string(plugin.description.name),
            "isCarrier": .bool(plugin.instance is any SMSCarrier), "isPBX": .bool(plugin.instance.isPBX),
            "canSelfTest": .bool(plugin.instance is any SelfTest), "numbers": .array(numbers),
            "lastInbound": inbound.map { inbound in
                [
                    "at": .string(inbound.at.rfc3339), "from": .string(inbound.from), "to": .string(inbound.to.e164),
                    "count": .int(inbound.count),
                ]
            } ?? .null,
            "lastTest": portal.carriers.lastTest(of: plugin.id)?.json ?? .null,
        ]
    }
}

extension CarrierDesk.TestMessage {
    fileprivate var json: JSON {
        [
            "id": .string(id.rawValue), "to": .string(to), "state": .string(state.rawValue), "reason": JSON(reason),
            "at": .string(at.rfc3339),
        ]
    }
}

extension RunningPlugin {
    fileprivate var isConnection: Bool {
        instance is any SMSCarrier || instance.isPBX || instance is any SelfTest
    }
}

extension Plugin {
    fileprivate var isPBX: Bool { self is any ClickToCall || self is any PhonePresence }
}
