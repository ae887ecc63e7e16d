import PatchbaySDK

extension PluginConformance {
    static func tables<Tested: Plugin>(
        of _: Tested.Type, in store: TestStore, systemTables: Set<String>
    ) throws -> [Finding] {
        let words = Tested.id.rawValue.split(separator: "-")
        let prefix = words.enumerated().map { $0 == 0 ? String($1) : $1.capitalized }.joined()
        let foreign = try schema(of: store).filter { !$0.name.hasPrefix(prefix) }.map { thing in
            Finding(.ownTables, "The \(thing.type) \"\(thing.name)\" doesn't begin with \"\(prefix)\".")
        }
        let homeless = try tablesWithoutDomain(in: store).subtracting(systemTables).sorted().map { table in
            Finding(.domainColumn, "The table \"\(table)\" has no column domainId.")
        }
        return foreign + homeless
    }

    static func migrations<Tested: Plugin>(of _: Tested.Type, in store: TestStore) throws -> [Finding] {
        var findings: [Finding] = []
        for migration in Tested.migrations where migration.name.wholeMatch(of: /[0-9]{3}-[a-z0-9-]+/) == nil {
            findings.append(
                Finding(.frozenMigrations, "The migration \"\(migration.name)\" needs a name such as 001-outbox."))
        }
        let names = Tested.migrations.map(\.name)
        if names != Set(names).sorted() {
            findings.append(Finding(.frozenMigrations, "The migrations' names are not in order, or one occurs twice."))
        }
        let before = try schema(of: store)
        try store.migrate(Tested.migrations, owner: Tested.id.rawValue)
        if try schema(of: store) != before {
            findings.append(Finding(.frozenMigrations, "Bringing the migrations in again changes the tables."))
        }
        return findings
    }

    private struct Thing: Equatable {
        let type: String
        let name: String
        let sql: String?
    }

    /// What the plugin's migrations made; SQLite's own indexes and the host's tables are left out.
    private static func schema(of store: TestStore) throws -> [Thing] {
        let bare = try TestStore()
        try bare.migrate(TestTables.migrations, owner: "core")
        let host = try everything(in: bare)
        return try everything(in: store).filter { !host.contains($0) }
    }

    private static func everything(in store: TestStore) throws -> [Thing] {
        try store.readNow { db in
            try Row.fetchAll(
                db, sql: "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
            ).map { Thing(type: $0["type"], name: $0["name"], sql: $0["sql"]) }
        }
    }

    /// The plugin's ordinary tables that lack `domainId`; full-text indexes point at rows that have one.
    private static func tablesWithoutDomain(in store: TestStore) throws -> Set<String> {
        let own = Set(try schema(of: store).filter { $0.type == "table" }.map(\.name))
        return try store.readNow { db in
            let homeless = try String.fetchSet(
                db,
                sql: """
                    SELECT name FROM pragma_table_list WHERE type = 'table'
                    AND NOT EXISTS (SELECT 1 FROM pragma_table_info(pragma_table_list.name) WHERE name = 'domainId')
                    """)
            return own.intersection(homeless)
        }
    }
}
