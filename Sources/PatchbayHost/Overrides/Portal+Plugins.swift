import Foundation
import PatchbaySDK

extension Portal {
    /// Changes settings of a plugin, or takes them back to what `manifest.json` says, and swaps its instance.
    ///
    /// - Parameters:
    ///   - set: New values by setting; of a secret only where it lies.
    ///   - reset: Settings that shall be as in the manifest again.
    /// - Throws: `PortalError.notFound`, `.invalid` (`settings.invalid`, its details by place), `.conflict`.
    public func changeSettings(
        of plugin: PluginID, set: [String: JSON], reset: [String], by caller: Caller
    ) async throws {
        var edit = OverrideStore.Edit(plugin: plugin)
        for name in reset { edit.settings[name] = .some(nil) }
        for (name, value) in set { edit.settings[name] = .some(value) }
        try await change(edit, by: caller)
    }

    /// Starts or stops a plugin; `nil` leaves it to `manifest.json` again.
    ///
    /// - Throws: `PortalError.notFound`, `.conflict` (`plugin.fixed`), `.invalid` when its settings keep it from starting.
    public func setRuns(_ plugin: PluginID, _ isOn: Bool?, by caller: Caller) async throws {
        try await change(OverrideStore.Edit(plugin: plugin, isOn: .some(isOn)), by: caller)
    }

    private func change(_ edit: OverrideStore.Edit, by caller: Caller) async throws {
        let overrides = OverrideStore(clock: clock, events: events)
        try await plugins.change(edit) { [store] in
            try await store.write { db in try overrides.store(edit, by: caller, in: db) }
        }
        log.info(
            "plugin changed in the portal",
            metadata: [
                "plugin": "\(edit.plugin)", "settings": "\(edit.settings.keys.sorted().joined(separator: " "))",
                "by": "\(caller.user)",
            ])
    }

    /// Everything that a system administrator may see of a plugin: its papers, its settings and their origins, what an
    /// update would newly be allowed.
    ///
    /// - Throws: `PortalError.notFound`.
    public func sheet(of plugin: PluginID) async throws -> JSON {
        let (overrides, record) = try await store.read { db in
            (try OverrideStore.overrides(in: db), try OverrideStore.record(of: plugin, limit: 20, in: db))
        }
        guard let sheet = plugins.sheet(of: plugin, overrides, record) else { throw PortalError.notFound("plugin") }
        return sheet
    }
}

extension PluginRegistry {
    fileprivate func sheet(
        of id: PluginID, _ overrides: PluginOverrides, _ record: [OverrideStore.Entry]
    ) -> JSON? {
        guard let survey = state.withLock(\.survey), let status = statuses.first(where: { $0.id == id }) else {
            return nil
        }
        let running = plugin(id)
        var members: [String: JSON] = [
            "status": status.json, "changes": .array(record.map(\.json)),
            "update": (try? waitingUpdates())?.first { $0.plugin == id }?.json ?? .null,
            "neededBy": .array(needing(id).map { .string($0.rawValue) }),
            "canSelfTest": .bool(running?.instance is any SelfTest),
            "enabled": survey.manifest.entry(id).map { enabled($0, overrides) } ?? .null,
            "description": .null, "settings": .null,
        ]
        if let description = running?.description ?? survey.descriptions[id], let entry = survey.manifest.entry(id) {
            members["description"] = description.json(
                with: running?.settings ?? survey.settingsAsWritten(of: id))
            members["settings"] =
                SettingsSheet(survey: survey, overrides: overrides, description: description, entry: entry).json
        }
        return .object(members)
    }

    private func enabled(_ entry: PluginEntry, _ overrides: PluginOverrides) -> JSON {
        let changed = entry.enabled.isFixed ? nil : overrides.running[entry.id]
        return [
            "isOn": .bool(changed?.value.bool ?? entry.enabled.runs), "manifest": .string(entry.enabled.rawValue),
            "isFixed": .bool(entry.enabled.isFixed), "origin": .string(changed == nil ? "manifest" : "portal"),
            "changedAt": JSON(changed?.at.rfc3339), "changedBy": JSON(changed?.by),
        ]
    }

    /// The running plugins that would be declined without it.
    private func needing(_ id: PluginID) -> [PluginID] {
        running.filter { $0.description.requires.contains { $0.id == id } }.map(\.id)
    }
}

extension PluginDescription {
    fileprivate func json(with settings: Settings?) -> JSON {
        [
            "summary": .string(summary), "sdk": .string("\(sdk.major).\(sdk.minor)"), "folder": .string(folder),
            "requires": .array(requires.map { .string($0.id.rawValue) }),
            "provides": .array(provides.map(\.rawValue).sorted().map(JSON.string)),
            "permissions": .array(permissions.map(\.json)), "events": .array(events.map(JSON.string)),
            "hosts": .array(hosts(with: settings)), "slots": .array(slots.map(\.json)),
            "levels": .array(
                GateLevel.allCases.filter { gates?.levels.contains($0) == true }.map { .string($0.rawValue) }),
        ]
    }

    /// What it may reach: the declared name, or the address that a setting names now.
    private func hosts(with settings: Settings?) -> [JSON] {
        outboundHosts.map { host in
            switch host {
            case .named(let name): ["host": .string(name), "setting": .null]
            case .setting(let key):
                [
                    "host": JSON(settings?.json[key]?.string.flatMap { OutboundAddress(url: $0)?.description }),
                    "setting": .string(key),
                ]
            }
        }
    }
}

extension OverrideStore.Entry {
    fileprivate var json: JSON {
        [
            "setting": setting.isEmpty ? .null : .string(setting), "value": value ?? .null,
            "isReset": .bool(value == nil),
            "at": .string(at.rfc3339), "by": .string(by),
        ]
    }
}
