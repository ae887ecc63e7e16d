import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/people` and `/recipients`: whom somebody can reach.
enum PeopleEndpoints {
    static let all: [Endpoint] = [
        .get("/people", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            let query = request.query["query"]?.string ?? ""
            let chat = PluginID(rawValue: "chat")
            let (people, canChat) = try await portal.store.read { db in
                let people = try portal.directory.users(
                    of: caller.domain, matching: query, except: caller.user, includingDisabled: false, page, in: db)
                guard try portal.gates.closedGate(chat, for: caller, in: db) == nil else {
                    return (people, Set<UserID>())
                }
                let open = try people.items.filter { try portal.gates.closedGate(chat, for: $0.caller, in: db) == nil }
                return (people, Set(open.map(\.id)))
            }
            let phones = portal.presence.states(of: people.items.map(\.extension), in: caller.domain)
            let items = people.items.map { user -> JSON in
                [
                    "id": .string(user.id.rawValue), "name": .string(user.fullName),
                    "extension": .string(user.extension),
                    "presence": portal.directory.isSignedIn(user.id) ? "online" : "offline",
                    "phone": .string((phones[user.extension] ?? .unknown).rawValue),
                    "canChat": .bool(canChat.contains(user.id)),
                ]
            }
            return .json(.page(items, next: people.next))
        },
        .get("/recipients", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let query = request.query["query"]?.string ?? ""
            let limit = request.query["limit"]?.int ?? 20
            let items = try await portal.store.read { db in
                let region = try portal.directory.known(caller.domain, in: db).region
                let search = RecipientSearch(directory: portal.directory, contacts: portal.contacts)
                return try search.recipients(matching: query, for: caller, limit: limit, in: db)
                    .map { $0.json(region: region) }
            }
            return .json(["items": .array(items)])
        },
    ]
}
