import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/contacts`: the caller's address book and the domain's.
enum ContactEndpoints {
    static let all: [Endpoint] = [
        .get("/contacts", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            let query = request.query["query"]?.string ?? ""
            return .json(
                try await portal.store.read { db in
                    let region = try portal.directory.known(caller.domain, in: db).region
                    let found = try portal.contacts.contacts(matching: query, for: caller, page, in: db)
                    return .page(found.items.map { $0.json(region: region) }, next: found.next)
                })
        },
        .post("/contacts", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let draft = draft(from: request.body)
            let former = request.query["undelete"]?.string.map { ContactID(rawValue: $0) }
            return .json(
                try await portal.store.write { db in
                    let contact = try portal.contacts.add(draft, bringingBack: former, for: caller, in: db)
                    return contact.json(region: try portal.directory.known(caller.domain, in: db).region)
                }, status: .created)
        },
        .get("/contacts/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: ContactID = request.id("id")
            return .json(
                try await portal.store.read { db in
                    let contact = try portal.contacts.known(id, for: caller, in: db)
                    return contact.json(region: try portal.directory.known(caller.domain, in: db).region)
                })
        },
        .put("/contacts/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: ContactID = request.id("id")
            let draft = draft(from: request.body)
            return .json(
                try await portal.store.write { db in
                    let contact = try portal.contacts.update(id, draft, for: caller, in: db)
                    return contact.json(region: try portal.directory.known(caller.domain, in: db).region)
                })
        },
        .delete("/contacts/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: ContactID = request.id("id")
            try await portal.store.write { db in try portal.contacts.remove(id, for: caller, in: db) }
            return .done
        },
    ]

    private static func draft(from body: JSON) -> ContactDraft {
        ContactDraft(
            name: body["name"]?.string ?? "", company: body["company"]?.string ?? "",
            notes: body["notes"]?.string ?? "", isShared: body["isShared"]?.bool ?? false,
            numbers: endpoints(body["numbers"]), emails: endpoints(body["emails"]))
    }

    private static func endpoints(_ list: JSON?) -> [ContactCard.Endpoint] {
        (list?.array ?? []).map {
            ContactCard.Endpoint(label: $0["label"]?.string ?? "", value: $0["value"]?.string ?? "")
        }
    }
}
