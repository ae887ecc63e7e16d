import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/templates`: texts that are kept to be sent again.
enum TemplateEndpoints {
    static let all: [Endpoint] = [
        .get("/templates", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            return .json(
                try await portal.store.read { db in
                    let found = try portal.templates.templates(of: caller, page, in: db)
                    return .page(found.items.map(\.json), next: found.next)
                })
        },
        .post("/templates", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let draft = draft(from: request.body)
            return .json(
                try await portal.store.write { db in try portal.templates.add(draft, for: caller, in: db).json },
                status: .created)
        },
        .put("/templates/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: TemplateID = request.id("id")
            let draft = draft(from: request.body)
            return .json(
                try await portal.store.write { db in try portal.templates.update(id, draft, for: caller, in: db).json })
        },
        .delete("/templates/{id}", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: TemplateID = request.id("id")
            try await portal.store.write { db in try portal.templates.remove(id, for: caller, in: db) }
            return .done
        },
    ]

    private static func draft(from body: JSON) -> TemplateDraft {
        TemplateDraft(
            name: body["name"]?.string ?? "", text: body["text"]?.string ?? "",
            isShared: body["isShared"]?.bool ?? false)
    }
}
