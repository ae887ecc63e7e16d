import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/conversations`: the inbox, opening a conversation, and what one does with it for oneself.
enum ConversationEndpoints {
    static let all: [Endpoint] = [
        .get("/conversations", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let filter = InboxFilter(rawValue: request.query["filter"]?.string ?? "all") ?? .all
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            return .json(
                try await portal.store.read { db in
                    let found = try portal.messaging.inbox(filter, page, for: caller, in: db)
                    return .page(found.items.map(\.json), next: found.next)
                })
        },
        .post("/conversations", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let opened = try await open(request, by: caller)
            return .json(
                try await portal.store.read { db in
                    try portal.messaging.view(of: opened.id, for: caller, in: db).json
                }, status: opened.isNew ? .created : .ok)
        },
        .get("/conversations/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: ConversationID = request.id("id")
            return .json(
                try await portal.store.read { db in
                    var view = try portal.messaging.view(of: id, for: caller, in: db).json.object ?? [:]
                    view["compose"] = try portal.messaging.composer(of: id, for: caller, in: db).json
                    return .object(view)
                })
        },
        .patch("/conversations/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: ConversationID = request.id("id")
            if let from = try number(request.body["from"]) { try await portal.messaging.setFrom(from, id, by: caller) }
            if let title = request.body["title"]?.string { try await portal.messaging.setTitle(title, id, by: caller) }
            if let isMuted = request.body["isMuted"]?.bool {
                try await portal.messaging.setMuted(isMuted, id, by: caller)
            }
            return .json(
                try await portal.store.read { db in try portal.messaging.view(of: id, for: caller, in: db).json })
        },
        .delete("/conversations/{id}", .user(.portal)) { request in
            try await request.portal.messaging.delete(request.id("id", ConversationID.self), by: request.caller())
            return .done
        },
        .post("/conversations/{id}/typing", .user(.portal), .none) { request in
            try await request.portal.messaging.announceTyping(in: request.id("id"), by: request.caller())
            return .done
        },
        .post("/conversations/{id}/read", .user(.portal)) { request in
            try await request.portal.messaging.markRead(
                request.id("id"), upTo: request.body["upTo"]?.int ?? 0, by: request.caller())
            return .done
        },
    ]

    private static func open(_ request: APIRequest, by caller: Caller) async throws -> Messaging.Opened {
        let body = request.body
        guard body["kind"]?.string == "sms" else {
            let users = (body["users"]?.array ?? []).compactMap { $0.string.map(UserID.init(rawValue:)) }
            return try await request.portal.messaging.open(chatWith: users, title: body["title"]?.string, by: caller)
        }
        return try await request.portal.messaging.open(
            smsTo: body["to"]?.string ?? "", from: try number(body["from"]), by: caller)
    }

    /// A number of ours, which the schema has found to look like one.
    static func number(_ value: JSON?) throws(PortalError) -> PhoneNumber? {
        guard let text = value?.string else { return nil }
        guard let number = PhoneNumber(e164: text) else {
            throw PortalError(
                .invalid, id: "number.invalid", "A number of yours must be in E.164, such as +16195550188.")
        }
        return number
    }
}
