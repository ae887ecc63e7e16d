import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/calls`: calls that a user places from the portal, and the record of them.
enum CallEndpoints {
    static let all: [Endpoint] = [
        .get("/calls", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            let with = request.query["with"]?.string
            return .json(
                try await portal.store.read { db in
                    let region = try portal.directory.known(caller.domain, in: db).region
                    let found = try portal.calls.calls(of: caller, with: with, page, in: db)
                    return .page(found.items.map { $0.json(region: region) }, next: found.next)
                })
        },
        .post("/calls", .user(.placeCalls)) { request in
            let caller = try request.caller()
            try await requireCalls(request.portal, caller)
            let placed = try await request.portal.calls.place(
                try target(of: request.body), clientID: request.body["clientId"]?.string ?? "", by: caller)
            return .json(
                ["call": try await json(of: placed.call, request)], status: placed.isNew ? .accepted : .ok)
        },
        .get("/calls/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: CallID = request.id("id")
            let call = try await portal.store.read { db in try portal.calls.call(id, of: caller, in: db) }
            return .json(try await json(of: call, request))
        },
        .delete("/calls/{id}", .user(.placeCalls)) { request in
            try await request.portal.calls.cancel(request.id("id"), by: request.caller())
            return .done
        },
    ]

    private static func target(of body: JSON) throws(PortalError) -> CallTarget {
        switch (body["conversationId"]?.string, body["to"]?.string) {
        case (let id?, nil): return .conversation(ConversationID(rawValue: id))
        case (nil, let text?): return .typed(text)
        default:
            throw PortalError(
                .invalid, id: "calls.whom", "Say whom to call: either a conversation or a number, not both.")
        }
    }

    /// Plugins may narrow what a scope allows.
    private static func requireCalls(_ portal: Portal, _ caller: Caller) async throws {
        if let refusal = try await CallsAllowed(portal: portal).permission(of: caller) { throw refusal }
    }

    private static func json(of call: PlacedCall, _ request: APIRequest) async throws -> JSON {
        let portal = request.portal
        return try await portal.store.read { db in
            call.json(region: try portal.directory.known(call.domain, in: db).region)
        }
    }
}

/// Whether somebody can call from the portal, as the page needs to know it before anybody presses a button.
struct CallsAllowed: Sendable {
    let portal: Portal

    /// The refusal for want of the permission; `nil` when the caller has it.
    func permission(of caller: Caller) async throws -> PortalError? {
        guard try await portal.permissions.granted([.placeCalls], to: caller).isEmpty else { return nil }
        return PortalError(
            .forbidden, id: "permission.missing",
            "Calling from the portal is not enabled for you. Ask your office manager.",
            details: ["permission": Permission.placeCalls.rawValue])
    }

    /// `calls` of the session.
    ///
    /// - Parameter missing: What `permission(of:)` gave.
    func json(for caller: Caller, missing: PortalError?, in db: Database) throws -> JSON {
        let refusal = try missing ?? portal.calls.refusal(for: caller, in: db)
        return ["isOpen": .bool(refusal == nil), "id": JSON(refusal?.id), "reason": JSON(refusal?.message)]
    }
}
