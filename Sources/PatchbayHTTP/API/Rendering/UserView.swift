import PatchbayHost
import PatchbaySDK

/// A user with their numbers and features, as administrators see them.
struct UserView: Sendable {
    let portal: Portal
    /// How the reader writes numbers.
    let region: String

    /// The user, the numbers that they have, and each feature: whether they can use it, and how their own switch stands.
    func json(of user: User, in db: Database) throws -> JSON {
        var members = user.adminJSON.object ?? [:]
        members["numbers"] = .array(
            try portal.numbers.assigned(to: user.id, in: db).map { record in
                var number = record.json(region: region).object ?? [:]
                number["hasSMS"] = .bool(try portal.numbers.has(.sms, record.number, in: db))
                return .object(number)
            })
        members["features"] = .array(try Self.features(portal).map { try feature($0, of: user, in: db) })
        return .object(members)
    }

    private func feature(_ plugin: RunningPlugin, of user: User, in db: Database) throws -> JSON {
        let steps = try FeatureSteps(of: plugin, for: user, portal, in: db)
        return [
            "plugin": .string(plugin.id.rawValue), "title": .string(plugin.gateRules.title),
            "isOpen": .bool(steps.isOpen), "closedGate": JSON(steps.closed?.level),
            "isOn": steps.steps.first { $0.level == GateLevel.user.rawValue }.map { .bool($0.isOn) } ?? .null,
        ]
    }

    /// Why the user can or can't use each feature: those of plugins that run, then of those that should.
    static func gates(of user: User, _ portal: Portal, in db: Database) throws -> [JSON] {
        let stopped = portal.plugins.statuses.filter {
            $0.featureTitle != nil && !portal.plugins.isRunning($0.id)
        }
        return try features(portal).map { try gates(of: $0, for: user, portal, in: db) } + stopped.map(gates)
    }

    private static func features(_ portal: Portal) -> [RunningPlugin] {
        portal.plugins.running.filter { $0.description.gates != nil }
    }

    private static func gates(
        of plugin: RunningPlugin, for user: User, _ portal: Portal, in db: Database
    ) throws -> JSON {
        var members = try FeatureSteps(of: plugin, for: user, portal, in: db).json
        members["plugin"] = .string(plugin.id.rawValue)
        members["title"] = .string(plugin.gateRules.title)
        return .object(members)
    }

    /// A feature whose plugin doesn't run: nothing else matters.
    private static func gates(of status: PluginStatus) -> JSON {
        let title = status.featureTitle ?? status.name
        return [
            "plugin": .string(status.id.rawValue), "title": .string(title), "isOpen": false, "closedGate": "plugin",
            "reason": .string("The plugin of \(title) doesn't run. Ask whoever runs the server."),
            "levels": [["level": "plugin", "subject": .null, "isOn": false, "isExplicit": true]],
        ]
    }
}
