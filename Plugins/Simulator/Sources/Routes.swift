import Foundation
import PatchbaySDK

/// What the simulator answers below `/api/v1/simulator/`.
struct SimulatorRoutes: Sendable {
    let context: PluginContext
    let phones: Phones

    private static let use = Permission(rawValue: "simulator.use")

    @RouteBuilder var all: [Route] {
        Route.get("phones", requires: Self.use, list)
        Route.post("phones/:number/messages", requires: Self.use, write)
        Route.get("submits", requires: .systemAdmin, submits)
    }

    private static let messageBody = Schema([
        "type": "object", "required": ["to", "text"], "additionalProperties": false,
        "properties": [
            "to": ["type": "string", "maxLength": 64],
            "text": ["type": "string", "minLength": 1, "maxLength": 2000],
            "id": ["type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"],
        ],
    ])

    @Sendable private func list(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let items = try await context.store.read { db in
            let region = try context.directory.domain(caller.domain, in: db)?.region ?? "ZZ"
            return try phones.phones(of: caller.domain, limit: 50, in: db).map { $0.json(for: region) }
        }
        return .json(["items": .array(items)])
    }

    @Sendable private func write(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let body = try request.json(Self.messageBody)
        let (phone, to) = try await context.store.read { db in
            let region = try context.directory.domain(caller.domain, in: db)?.region ?? "ZZ"
            let to = try PhoneNumber(typed: body["to"]?.string ?? "", region: region)
            guard try context.numbers.record(of: to, in: db)?.domain == caller.domain else {
                throw PortalError.notFound("number")
            }
            return (try Self.phone(request.parameters["number"] ?? "", region: region), to)
        }
        let text = body["text"]?.string ?? ""
        let id = body["id"]?.string ?? MessageID(at: context.clock.now).rawValue
        let key = "\(caller.domain)/\(id)"
        try await context.smsInbox.receive(
            InboundSMS(carrier: SimulatorPlugin.id, carrierMessageID: key, from: phone, to: to, text: text))
        try await context.store.write { db in
            try phones.addReply(from: phone, to: to, domain: caller.domain, text: text, id: key, in: db)
        }
        context.events.signal(.phoneChanged(phone, in: caller.domain))
        return .json(["id": .string(id), "from": .string(phone), "to": .string(to.e164)], status: 201)
    }

    @Sendable private func submits(_ request: PluginRequest) async throws -> PluginResponse {
        let after = Int(request.query["after"] ?? "0") ?? 0
        let items = try await context.store.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM simulatorSubmit WHERE id > ? ORDER BY id LIMIT 1000", arguments: [after]
            ).map { row -> JSON in
                [
                    "id": .int(row["id"]), "messageId": .string(row["messageId"]), "part": .int(row["part"]),
                    "attempt": .int(row["attempt"]), "outcome": .string(row["outcome"]),
                    "at": .string(Date(milliseconds: row["at"]).rfc3339),
                ]
            }
        }
        let next = items.count == 1000 ? items.last?["id"]?.int : nil
        return .json(["items": .array(items), "next": JSON(next.map(String.init))])
    }

    /// A phone is a number, a short code (three to six digits) or a sender's name of up to eleven letters.
    private static func phone(_ text: String, region: String) throws(PortalError) -> String {
        let isDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if isDigits, (3...6).contains(text.utf8.count) { return text }
        let isName =
            text.contains(where: \.isLetter) && text.count <= 11
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " &.-_".contains($0)) }
        return isName ? text : try PhoneNumber(typed: text, region: region).e164
    }
}

extension Phones.Phone {
    fileprivate func json(for region: String) -> JSON {
        [
            "number": .string(number),
            "formatted": .string(PhoneNumber.formatted(number, for: region)),
            "messages": .array(messages.map { $0.json(for: region) }),
        ]
    }
}

extension Phones.Bubble {
    fileprivate func json(for region: String) -> JSON {
        [
            "id": .int(id), "ours": .string(ours),
            "oursFormatted": .string(PhoneNumber.formatted(ours, for: region)),
            "direction": .string(direction), "text": .string(text), "at": .string(Date(milliseconds: at).rfc3339),
        ]
    }
}
