import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/search`: words in the messages that the caller may see, and the conversations with whom was meant.
enum SearchEndpoints {
    static let all: [Endpoint] = [
        .get("/search", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let query = request.query["query"]?.string ?? ""
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            return .json(
                try await portal.store.read { db in
                    let found = try portal.messaging.search(query, page, for: caller, in: db)
                    return .page(found.items.map(\.json), next: found.next)
                })
        },
        .get("/search/conversations", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let query = request.query["query"]?.string ?? ""
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            return .json(
                try await portal.store.read { db in
                    let found = try portal.messaging.find(query, page, for: caller, in: db)
                    return .page(found.items.map(\.json), next: found.next)
                })
        },
    ]
}
