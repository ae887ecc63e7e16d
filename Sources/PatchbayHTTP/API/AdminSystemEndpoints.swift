import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/switches`.
enum AdminSystemEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/switches/{plugin}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let plugin: PluginID = request.id("plugin")
            guard let rules = portal.plugins.gateRules(plugin) else { throw PortalError.notFound("plugin") }
            let domain = request.query["domain"]?.string.map(DomainID.init(rawValue:)) ?? caller.domain
            let items = try await portal.store.read { db in
                _ = try portal.directory.administered(domain, by: caller, in: db)
                return try SwitchBoard(portal: portal).switches(of: plugin, domain: domain, in: db)
            }
            return .json([
                "plugin": .string(plugin.rawValue), "title": .string(rules.title), "domain": .string(domain.rawValue),
                "levels": .array(names(rules.levels)), "onByDefault": .array(names(rules.onByDefault)),
                "items": .array(items),
            ])
        },
        .put("/admin/switches/{plugin}/{level}/{subject}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let plugin: PluginID = request.id("plugin")
            guard let rules = portal.plugins.gateRules(plugin),
                let level = GateLevel(rawValue: request.parameters["level"] ?? ""), rules.levels.contains(level)
            else { throw PortalError.notFound("switch") }
            if level == .system { try request.requireSystemAdmin() }
            let subject = request.parameters["subject"] ?? ""
            let isOn = request.body["isOn"]?.bool
            try await portal.store.write { db in
                try SwitchBoard(portal: portal).set(plugin, level, subject, isOn: isOn, by: caller, in: db)
            }
            return .done
        },
    ]

    private static func names(_ levels: Set<GateLevel>) -> [JSON] {
        GateLevel.allCases.filter(levels.contains).map { .string($0.rawValue) }
    }
}
