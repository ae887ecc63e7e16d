import Foundation
import PatchbaySDK

/// Keeps what administrators have changed over `manifest.json`, and the record of who changed what when.
struct OverrideStore: Sendable {
    /// What is changed of one plugin.
    struct Edit: Sendable {
        let plugin: PluginID
        /// By setting; `nil` is as the manifest says again.
        var settings: [String: JSON?] = [:]
        /// Whether it shall run; the inner `nil` is as the manifest says again.
        var isOn: Bool??
    }

    /// An entry of the record.
    struct Entry: Sendable {
        /// Empty: whether the plugin runs.
        let setting: String
        /// `nil`: as the manifest says again.
        let value: JSON?
        let at: Date
        let by: String
    }

    let clock: any PortalClock
    let events: any Events

    /// Everything that is changed now.
    static func overrides(in db: Database) throws -> PluginOverrides {
        var overrides = PluginOverrides()
        // Before the first start there are no tables: `patchbay doctor` looks then, too.
        guard try db.tableExists("pluginOverride") else { return overrides }
        for row in try Row.fetchAll(db, sql: "SELECT * FROM pluginOverride") {
            let plugin: PluginID = row["pluginId"]
            let setting: String = row["setting"]
            let change = PluginOverrides.Change(
                value: try JSON(parsing: row["value"] as String), at: Date(milliseconds: row["changedAt"]),
                by: row["changedBy"])
            if setting.isEmpty {
                overrides.running[plugin] = change
            } else {
                overrides.settings[plugin, default: [:]][setting] = change
            }
        }
        return overrides
    }

    /// The last changes of `plugin`, newest first.
    static func record(of plugin: PluginID, limit: Int, in db: Database) throws -> [Entry] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM pluginChange WHERE pluginId = ? ORDER BY id DESC LIMIT ?",
            arguments: [plugin, limit]
        ).map { row in
            Entry(
                setting: row["setting"], value: try (row["value"] as String?).map { try JSON(parsing: $0) },
                at: Date(milliseconds: row["changedAt"]), by: row["changedBy"])
        }
    }

    /// Stores `edit` with who made it, and tells the system administrators who are signed in.
    func store(_ edit: Edit, by caller: Caller, in db: Database) throws {
        let login = try Self.login(of: caller, in: db)
        var values: [String: JSON?] = edit.settings
        if let isOn = edit.isOn { values[""] = .some(isOn.map(JSON.bool)) }
        for (setting, value) in values.sorted(by: { $0.key < $1.key }) {
            try write(setting, value, of: edit.plugin, by: login, in: db)
        }
        let names = edit.settings.keys.sorted().map(JSON.string)
        for (domain, users) in try Self.systemAdministrators(in: db) {
            try events.publish(
                Event(
                    "plugin.changed", in: domain, to: .users(users),
                    ["plugin": .string(edit.plugin.rawValue), "settings": .array(names), "by": .string(login)]),
                in: db)
        }
    }

    private func write(
        _ setting: String, _ value: JSON?, of plugin: PluginID, by login: String, in db: Database
    ) throws {
        let now = clock.now.milliseconds
        if let value {
            try db.execute(
                sql: """
                    INSERT INTO pluginOverride VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET
                        value = excluded.value, changedAt = excluded.changedAt, changedBy = excluded.changedBy
                    """, arguments: [plugin, setting, value.text, now, login])
        } else {
            try db.execute(
                sql: "DELETE FROM pluginOverride WHERE pluginId = ? AND setting = ?", arguments: [plugin, setting])
        }
        try db.execute(
            sql: "INSERT INTO pluginChange (pluginId, setting, value, changedAt, changedBy) VALUES (?, ?, ?, ?, ?)",
            arguments: [plugin, setting, value?.text, now, login])
    }

    private static func login(of caller: Caller, in db: Database) throws -> String {
        let number = try String.fetchOne(
            db, sql: "SELECT extension FROM user WHERE domainId = ? AND id = ?",
            arguments: [caller.domain, caller.user])
        return "\(number ?? caller.user.rawValue)@\(caller.domain)"
    }

    private static func systemAdministrators(in db: Database) throws -> [DomainID: [UserID]] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT domainId, id FROM user WHERE scope = ?", arguments: [Scope.superUser])
        return Dictionary(grouping: rows) { $0["domainId"] as DomainID }.mapValues { $0.map { $0["id"] } }
    }
}
