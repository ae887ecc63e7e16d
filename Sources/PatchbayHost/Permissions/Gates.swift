import PatchbaySDK

/// Decides whether a feature is there for somebody: plugin × system × domain × user × number.
///
/// Menu, page, API and event delivery all ask here, and the answer names the gate that is closed.
public struct Gates: Sendable {
    private let rules: @Sendable (PluginID) -> GateRules?
    private let numbers: any Numbers

    /// - Parameter rules: The gates of a plugin that runs; `nil` for one that doesn't.
    public init(numbers: any Numbers, rules: @escaping @Sendable (PluginID) -> GateRules?) {
        self.numbers = numbers
        self.rules = rules
    }

    /// The outermost closed gate of `plugin` for `caller`; `nil` when all are open.
    public func closedGate(_ plugin: PluginID, for caller: Caller, in db: Database) throws -> ClosedGate? {
        guard let rules = rules(plugin) else { return ClosedGate(.plugin, of: plugin.rawValue) }
        let switches = try switches(of: plugin, domain: caller.domain, user: caller.user, in: db)
        for level in [GateLevel.system, .domain, .user] where rules.levels.contains(level) {
            if !(switches[level] ?? rules.onByDefault.contains(level)) { return ClosedGate(level, of: rules.title) }
        }
        guard rules.levels.contains(.number), let feature = rules.numberFeature else { return nil }
        guard try numbers.assigned(to: caller.user, with: feature, in: db).isEmpty else { return nil }
        return ClosedGate(.number, of: rules.title)
    }

    /// The outermost closed gate of `plugin` for a number as such, whoever uses it: what an inbound message meets.
    public func closedGate(
        _ plugin: PluginID, number: PhoneNumber, of domain: DomainID, in db: Database
    ) throws -> ClosedGate? {
        guard let rules = rules(plugin) else { return ClosedGate(.plugin, of: plugin.rawValue) }
        let switches = try switches(of: plugin, domain: domain, user: nil, in: db)
        for level in [GateLevel.system, .domain] where rules.levels.contains(level) {
            if !(switches[level] ?? rules.onByDefault.contains(level)) { return ClosedGate(level, of: rules.title) }
        }
        guard rules.levels.contains(.number), let feature = rules.numberFeature else { return nil }
        return try numbers.has(feature, number, in: db) ? nil : ClosedGate(.number, of: rules.title)
    }

    /// Whether `plugin` runs, is on for the system and for `domain`, and for at least one of the domain's users.
    public func isInUse(_ plugin: PluginID, in domain: DomainID, _ db: Database) throws -> Bool {
        guard let rules = rules(plugin) else { return false }
        let switches = try switches(of: plugin, domain: domain, user: nil, in: db)
        for level in [GateLevel.system, .domain] where rules.levels.contains(level) {
            if !(switches[level] ?? rules.onByDefault.contains(level)) { return false }
        }
        guard rules.levels.contains(.user) else { return true }
        return try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM user LEFT JOIN featureSwitch ON featureSwitch.plugin = ?2
                            AND featureSwitch.level = 'user' AND featureSwitch.subject = user.id
                        WHERE user.domainId = ?1 AND user.isEnabled AND coalesce(featureSwitch.isOn, ?3))
                    """), arguments: [domain, plugin, rules.onByDefault.contains(.user)]) ?? false
    }

    /// Every gate of `plugin` for `caller`, outermost first: the administrator's “why can't Ann text?”.
    public func states(of plugin: PluginID, for caller: Caller, in db: Database) throws -> [GateState] {
        guard let rules = rules(plugin) else { return [GateState(level: .plugin, isOpen: false, isExplicit: true)] }
        let switches = try switches(of: plugin, domain: caller.domain, user: caller.user, in: db)
        var states = [GateState(level: .plugin, isOpen: true, isExplicit: true)]
        for level in [GateLevel.system, .domain, .user] where rules.levels.contains(level) {
            states.append(
                GateState(
                    level: level, isOpen: switches[level] ?? rules.onByDefault.contains(level),
                    isExplicit: switches[level] != nil))
        }
        if rules.levels.contains(.number), let feature = rules.numberFeature {
            let hasNumber = try !numbers.assigned(to: caller.user, with: feature, in: db).isEmpty
            states.append(GateState(level: .number, isOpen: hasNumber, isExplicit: true))
        }
        return states
    }

    /// Throws the refusal of the outermost closed gate.
    public func requireOpen(_ plugin: PluginID, for caller: Caller, in db: Database) throws {
        if let closed = try closedGate(plugin, for: caller, in: db) { throw closed.error }
    }

    /// Switches a gate, or with `nil` lets the default decide again.
    ///
    /// - Parameter subject: The domain, the user or the number; empty at the system level.
    public static func setSwitch(
        _ plugin: PluginID, _ level: GateLevel, subject: String, isOn: Bool?, in db: Database
    ) throws {
        guard level != .plugin, (level == .system) == subject.isEmpty else {
            throw PortalError(
                .invalid, id: "gate.subject-wrong",
                "A switch at the level \(level.rawValue) needs \(level == .system ? "no subject" : "a subject").")
        }
        guard let isOn else {
            try db.execute(
                sql: "DELETE FROM featureSwitch WHERE plugin = ? AND level = ? AND subject = ?",
                arguments: [plugin, level.rawValue, subject])
            return
        }
        try db.execute(
            sql: "INSERT INTO featureSwitch VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET isOn = excluded.isOn",
            arguments: [plugin, level.rawValue, subject, isOn])
    }

    private func switches(
        of plugin: PluginID, domain: DomainID, user: UserID?, in db: Database
    ) throws -> [GateLevel: Bool] {
        let rows = try db.quickRows(
            """
            SELECT level, isOn FROM featureSwitch WHERE plugin = ?1 AND level = 'system' AND subject = ''
            UNION ALL SELECT level, isOn FROM featureSwitch WHERE plugin = ?1 AND level = 'domain' AND subject = ?2
            UNION ALL SELECT level, isOn FROM featureSwitch WHERE plugin = ?1 AND level = 'user' AND subject = ?3
            """, .id(plugin), .id(domain), .text(user?.rawValue ?? "")
        ) { (level: GateLevel(rawValue: $0.text(0)), isOn: $0.flag(1)) }
        var switches: [GateLevel: Bool] = [:]
        for (level, isOn) in rows { if let level { switches[level] = isOn } }
        return switches
    }
}
