import PatchbaySDK

/// What the next reload would change of one plugin, and what it would newly be allowed.
public struct PluginUpdate: Sendable, Equatable {
    /// What would become of it.
    public enum Kind: String, Sendable {
        case added, removed, changed
    }

    /// The plugin.
    public let plugin: PluginID
    /// What would become of it.
    public let kind: Kind
    /// The version that runs; `nil` when none does.
    public let fromVersion: String?
    /// The version on disk; `nil` when its `plugin.json` can't be read.
    public let toVersion: String?
    /// Permissions that it declares now, or gives to further scopes; with the new scopes only.
    public let permissions: [PluginDescription.DeclaredPermission]
    /// Hosts that it could reach and can't now.
    public let hosts: [String]
    /// Places of the portal's pages that it would newly fill.
    public let slots: [PluginDescription.Slot]
    /// Powers that it would newly have.
    public let provides: [PluginDescription.Capability]

    /// Whether it would be allowed more than what runs.
    public var isAllowedMore: Bool {
        !(permissions.isEmpty && hosts.isEmpty && slots.isEmpty && provides.isEmpty)
    }

    /// The comparison for the API.
    public var json: JSON {
        [
            "plugin": .string(plugin.rawValue), "kind": .string(kind.rawValue), "fromVersion": JSON(fromVersion),
            "toVersion": JSON(toVersion), "permissions": .array(permissions.map(\.json)),
            "hosts": .array(hosts.map(JSON.string)), "slots": .array(slots.map(\.json)),
            "provides": .array(provides.map { .string($0.rawValue) }), "isAllowedMore": .bool(isAllowedMore),
        ]
    }
}

extension PluginUpdate {
    /// What runs, or nothing, beside what is on disk.
    struct Papers: Equatable {
        let description: PluginDescription
        /// Those that the settings name as well, where the settings are known.
        let hosts: Set<String>
    }

    init(_ plugin: PluginID, _ kind: Kind, from old: Papers?, to new: Papers?) {
        self.plugin = plugin
        self.kind = kind
        fromVersion = old?.description.version.description
        toVersion = new?.description.version.description
        let had = Dictionary(
            (old?.description.permissions ?? []).map { ($0.id, $0.scopes) }
        ) { first, other in first.union(other) }
        permissions = (new?.description.permissions ?? []).compactMap { declared in
            let scopes = declared.scopes.subtracting(had[declared.id] ?? [])
            guard had[declared.id] == nil || !scopes.isEmpty else { return nil }
            return PluginDescription.DeclaredPermission(id: declared.id, title: declared.title, scopes: scopes)
        }
        hosts = (new?.hosts ?? []).subtracting(old?.hosts ?? []).sorted()
        slots = (new?.description.slots ?? []).filter { slot in old?.description.slots.contains(slot) != true }
        provides = (new?.description.provides ?? []).subtracting(old?.description.provides ?? [])
            .sorted { $0.rawValue < $1.rawValue }
    }
}

extension PluginRegistry {
    /// What the next reload would change, by what is on disk now; unchanged plugins are missing.
    ///
    /// - Throws: `Decline` when `manifest.json` can't be read.
    public func waitingUpdates() throws(Decline) -> [PluginUpdate] {
        let survey = PluginSurvey(
            of: try Manifest(readingFrom: manifestPath), environment: environment, overrides: knownOverrides())
        let (known, lives) = state.withLock { ($0.survey, $0.lives) }
        let former = Set(known?.ids ?? [])
        var updates = survey.ids.compactMap { id -> PluginUpdate? in
            let live = lives[id].map { Self.papers($0.plugin) }
            let next = survey.papers(of: id)
            guard former.contains(id) else { return PluginUpdate(id, .added, from: nil, to: next) }
            guard survey.hasChanged(id, since: known, running: lives[id]?.plugin) else { return nil }
            return PluginUpdate(id, .changed, from: live, to: next)
        }
        updates += (known?.ids ?? []).filter { !survey.ids.contains($0) }.map { id in
            PluginUpdate(id, .removed, from: lives[id].map { Self.papers($0.plugin) }, to: nil)
        }
        return updates
    }

    private static func papers(_ plugin: AdmittedPlugin) -> PluginUpdate.Papers {
        PluginUpdate.Papers(
            description: plugin.description,
            hosts: Set(plugin.description.outboundAddresses(with: plugin.settings).map(\.description)))
    }
}

extension PluginSurvey {
    /// What is on disk of a plugin that shall run; `nil` when it shall not, or its papers can't be read.
    fileprivate func papers(of id: PluginID) -> PluginUpdate.Papers? {
        guard manifest.applying(overrides).entry(id)?.enabled.runs == true, let description = descriptions[id] else {
            return nil
        }
        let settings = ordered.first { $0.id == id }?.settings
        let hosts = settings.map { description.outboundAddresses(with: $0).map(\.description) }
        return PluginUpdate.Papers(
            description: description, hosts: Set(hosts ?? description.outboundHosts.map(\.text)))
    }

    /// Whether its papers differ from those that were read last.
    fileprivate func hasChanged(_ id: PluginID, since known: PluginSurvey?, running: AdmittedPlugin?) -> Bool {
        if let running {
            guard let mine = ordered.first(where: { $0.id == id }) else { return true }
            return !mine.isSame(as: running)
        }
        return known?.manifest.entry(id) != manifest.entry(id) || known?.descriptions[id] != descriptions[id]
    }
}

extension PluginDescription.OutboundHost {
    /// As `plugin.json` says it.
    var text: String {
        switch self {
        case .named(let name): name
        case .setting(let key): "{\(key)}"
        }
    }
}

extension PluginDescription.DeclaredPermission {
    var json: JSON {
        [
            "id": .string(id.rawValue), "title": .string(title),
            "scopes": .array(Scope.allCases.filter(scopes.contains).map { .string($0.rawValue) }),
        ]
    }
}

extension PluginDescription.Slot {
    var json: JSON { ["slot": .string(slot), "element": .string(element)] }
}
