import PatchbaySDK

/// The table of switches.
public enum GateMigrations {
    /// The table of switches, oldest first.
    public static let all = [
        Migration("001-feature-switches") { db in
            try db.execute(
                sql: """
                    CREATE TABLE featureSwitch(
                        plugin TEXT NOT NULL,
                        level TEXT NOT NULL CHECK (level IN ('system', 'domain', 'user', 'number')),
                        subject TEXT NOT NULL, -- empty for the system, else the domain, the user or the number
                        isOn INTEGER NOT NULL CHECK (isOn IN (0, 1)),
                        PRIMARY KEY (plugin, level, subject)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
    ]
}
