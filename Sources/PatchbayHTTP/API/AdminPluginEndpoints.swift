import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/plugins`: how plugins stand, what they may do, their settings, and whether they run.
enum AdminPluginEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/plugins", .user(.systemAdmin)) { request in .json(try plugins(request)) },
        .post("/admin/plugins/reload", .user(.systemAdmin), .none) { request in
            _ = await request.portal.plugins.reload()
            return .json(try plugins(request))
        },
        .get("/admin/plugins/{id}", .user(.systemAdmin)) { request in
            .json(try await request.portal.sheet(of: request.id("id")))
        },
        .patch("/admin/plugins/{id}/settings", .user(.systemAdmin)) { request in
            let plugin: PluginID = request.id("id")
            let set = request.body.object?["set"]?.object ?? [:]
            let reset = (request.body["reset"]?.array ?? []).compactMap(\.string)
            guard Set(set.keys).isDisjoint(with: reset) else {
                throw PortalError(
                    .invalid, id: "settings.set-and-reset", "A setting can't be given and taken back at the same time.")
            }
            try await request.portal.changeSettings(of: plugin, set: set, reset: reset, by: try request.caller())
            return .json(try await request.portal.sheet(of: plugin))
        },
        .put("/admin/plugins/{id}/enabled", .user(.systemAdmin)) { request in
            let plugin: PluginID = request.id("id")
            try await request.portal.setRuns(plugin, request.body["isOn"]?.bool, by: try request.caller())
            return .json(try await request.portal.sheet(of: plugin))
        },
    ]

    private static func plugins(_ request: APIRequest) throws -> JSON {
        let registry = request.portal.plugins
        var members = try JSON.page(registry.statuses.map(\.json), of: request).object ?? [:]
        var fault = registry.manifestFault
        var waiting: [PluginUpdate] = []
        do throws(Decline) { waiting = try registry.waitingUpdates() } catch { fault = error }
        members["manifestFault"] = JSON(fault?.reason)
        members["waiting"] = .array(waiting.map(\.json))
        return .object(members)
    }
}
