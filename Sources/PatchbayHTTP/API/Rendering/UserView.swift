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
        let states = try portal.gates.states(of: plugin.id, for: user.caller, in: db)
        let closed = states.first { !$0.isOpen }
        return [
            "plugin": .string(plugin.id.rawValue), "title": .string(plugin.gateRules.title),
            "isOpen": .bool(closed == nil), "closedGate": JSON(closed?.level.rawValue),
            "isOn": states.first { $0.level == .user }.map { .bool($0.isOpen) } ?? .null,
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
        let closed = try portal.gates.closedGate(plugin.id, for: user.caller, in: db)
        let levels = try portal.gates.states(of: plugin.id, for: user.caller, in: db).map { state -> JSON in
            let subject: String? =
                switch state.level {
                case .system: "system"
                case .domain: user.domain.rawValue
                case .user: user.id.rawValue
                case .plugin, .number: nil
                }
            return [
                "level": .string(state.level.rawValue), "subject": JSON(subject), "isOn": .bool(state.isOpen),
                "isExplicit": .bool(state.isExplicit),
            ]
        }
        var members = GateJSON.feature(closed).object ?? [:]
        members["plugin"] = .string(plugin.id.rawValue)
        members["title"] = .string(plugin.gateRules.title)
        members["levels"] = .array(levels)
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
