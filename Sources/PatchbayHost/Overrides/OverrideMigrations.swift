import PatchbaySDK

/// The tables of what administrators have changed over `manifest.json`, and the record of it.
enum OverrideMigrations {
    static let all = [
        Migration("001-plugin-overrides") { db in
            try db.execute(
                sql: """
                    CREATE TABLE pluginOverride(
                        pluginId TEXT NOT NULL CHECK (pluginId <> ''),
                        setting TEXT NOT NULL, -- empty: whether the plugin runs
                        value TEXT NOT NULL, -- JSON; a secret is a reference
                        changedAt INTEGER NOT NULL,
                        changedBy TEXT NOT NULL CHECK (changedBy <> ''),
                        PRIMARY KEY (pluginId, setting)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE pluginChange(
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        pluginId TEXT NOT NULL,
                        setting TEXT NOT NULL,
                        value TEXT, -- NULL: as the manifest says again
                        changedAt INTEGER NOT NULL,
                        changedBy TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX pluginChangeByPlugin ON pluginChange(pluginId, id);
                    """)
        }
    ]
}
