import Foundation
import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/scheduled`: messages that wait for their time, and those held back so that they can be undone.
enum ScheduledEndpoints {
    static let all: [Endpoint] = [
        .post(
            "/conversations/{id}/scheduled", .user(.portal), .json(limitInBytes: RequestLimit.messageInBytes)
        ) { request in
            let portal = request.portal
            guard let sendAt = try moment(of: request) else {
                throw PortalError(.invalid, id: "scheduled.no-time", "Say when it is to be sent: sendAt or inSeconds.")
            }
            let draft = ScheduleDraft(
                conversation: request.id("id"), clientID: request.body["clientId"]?.string ?? "",
                text: request.body["text"]?.string ?? "",
                from: try ConversationEndpoints.number(request.body["from"]),
                attachments: (request.body["attachments"]?.array ?? [])
                    .compactMap { $0.string.map(AttachmentID.init(rawValue:)) }, sendAt: sendAt)
            let (scheduled, isRepeat) = try await portal.scheduled.add(draft, by: request.caller())
            return try await answer(scheduled, portal, status: isRepeat ? .ok : .created)
        },
        .get("/scheduled", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            let conversation = request.query["conversationId"]?.string.map(ConversationID.init(rawValue:))
            return .json(
                try await portal.store.read { db in
                    let found = try portal.scheduled.list(of: caller, in: conversation, page, db)
                    return .page(try found.items.map { try $0.json(in: db) }, next: found.next)
                })
        },
        .patch("/scheduled/{id}", .user(.portal)) { request in
            let portal = request.portal
            let changed = try await portal.scheduled.change(
                request.id("id"), text: request.body["text"]?.string, sendAt: try moment(of: request),
                by: request.caller())
            return try await answer(changed, portal, status: .ok)
        },
        .delete("/scheduled/{id}", .user(.portal)) { request in
            try await request.portal.scheduled.remove(request.id("id"), by: request.caller())
            return .done
        },
        .post("/scheduled/{id}/send", .user(.portal), .none) { request in
            let message = try await request.portal.scheduled.sendNow(request.id("id"), by: request.caller())
            return .json(["message": message.json])
        },
    ]

    private static func answer(
        _ scheduled: ScheduledMessage, _ portal: Portal, status: HTTPResponse.Status
    ) async throws -> Response {
        .json(["scheduled": try await portal.store.read { db in try scheduled.json(in: db) }], status: status)
    }

    /// When it is to be sent: at a moment, or so many seconds from now, whatever the browser's clock says.
    private static func moment(of request: APIRequest) throws(PortalError) -> Date? {
        let sendAt = try request.moment("sendAt")
        guard let seconds = request.body["inSeconds"]?.int else { return sendAt }
        guard sendAt == nil else {
            throw PortalError(.invalid, id: "scheduled.two-times", "Give either sendAt or inSeconds, not both.")
        }
        return request.portal.clock.now.addingTimeInterval(Double(seconds))
    }
}
