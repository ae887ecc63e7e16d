import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/preferences`: how the portal behaves for the caller.
enum PreferenceEndpoints {
    static let all: [Endpoint] = [
        .get("/preferences", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            return .json(
                try await portal.store.read { db in try portal.preferences.preferences(of: caller, in: db).json })
        },
        .put("/preferences", .user(.portal)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let wanted = Preferences(request.body)
            try await portal.store.write { db in try portal.preferences.set(wanted, for: caller, in: db) }
            return .json(wanted.json)
        },
    ]
}
