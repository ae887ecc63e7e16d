import Hummingbird
import PatchbayHost
import PatchbaySDK

/// Who answers a shared number's conversation, and taking back deletions.
enum ClaimEndpoints {
    static let all: [Endpoint] = [
        .put("/conversations/{id}/claim", .user(.portal)) { request in
            let id: ConversationID = request.id("id")
            try await request.portal.messaging.claim(
                id, from: request.body["from"]?.string.map(UserID.init(rawValue:)), by: request.caller())
            return try await view(of: id, request)
        },
        .delete("/conversations/{id}/claim", .user(.portal)) { request in
            let id: ConversationID = request.id("id")
            try await request.portal.messaging.release(id, by: request.caller())
            return try await view(of: id, request)
        },
        .post("/conversations/{id}/restore", .user(.portal), .none) { request in
            let id: ConversationID = request.id("id")
            try await request.portal.messaging.restore(id, by: request.caller())
            return try await view(of: id, request)
        },
        .post("/conversations/{id}/messages/{messageId}/restore", .user(.portal), .none) { request in
            let message = try await request.portal.messaging.restore(
                request.id("messageId", MessageID.self), to: request.id("id"), by: request.caller())
            return .json(["message": message.json])
        },
    ]

    private static func view(of id: ConversationID, _ request: APIRequest) async throws -> Response {
        let portal = request.portal
        let caller = try request.caller()
        return .json(try await portal.store.read { db in try portal.messaging.view(of: id, for: caller, in: db).json })
    }
}
