import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/conversations/{id}/messages`: reading, sending and deleting for oneself.
enum MessageEndpoints {
    static let all: [Endpoint] = [
        .get("/conversations/{id}/messages", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: ConversationID = request.id("id")
            let anchor = try anchor(of: request.query)
            let limit = request.limit
            let page = try await portal.store.read { db in
                try portal.messaging.page(of: id, anchor, limit: limit, for: caller, in: db)
            }
            var bytes = Array("{\"hasNewer\":\(page.hasNewer),\"hasOlder\":\(page.hasOlder),\"items\":[".utf8)
            for (index, item) in page.items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(contentsOf: item.utf8)
            }
            bytes.append(contentsOf: "]}".utf8)
            return .bytes(bytes, type: "application/json")
        },
        .post(
            "/conversations/{id}/messages", .user(.portal), .json(limitInBytes: RequestLimit.messageInBytes)
        ) { request in
            let sent = try await request.portal.messaging.send(
                request.body["text"]?.string ?? "", to: request.id("id"), by: request.caller(),
                clientID: request.body["clientId"]?.string ?? "",
                from: try ConversationEndpoints.number(request.body["from"]),
                attachments: (request.body["attachments"]?.array ?? [])
                    .compactMap { $0.string.map(AttachmentID.init(rawValue:)) },
                quietHours: request.body["quietHours"]?.string.flatMap(Draft.QuietHours.init(rawValue:)) ?? .hold)
            let isQueued = sent.stored.message.via != nil
            return .bytes(
                sent.stored.utf8InObject, type: "application/json",
                status: sent.isRepeat ? .ok : isQueued ? .accepted : .created)
        },
        .delete("/conversations/{id}/messages/{messageId}", .user(.portal)) { request in
            try await request.portal.messaging.delete(
                request.id("messageId", MessageID.self), from: request.id("id"), by: request.caller())
            return .done
        },
    ]

    private static func anchor(of query: JSON) throws(PortalError) -> PageAnchor {
        switch (query["before"]?.int, query["after"]?.int) {
        case (nil, nil): return .newest
        case (let before?, nil): return .before(before)
        case (nil, let after?): return .after(after)
        default:
            throw PortalError(.invalid, id: "query.invalid", "Give either before or after, not both.")
        }
    }
}
