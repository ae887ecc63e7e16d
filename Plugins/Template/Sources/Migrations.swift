import PatchbaySDK

extension HelloPlugin {
    /// The plugin's tables, oldest first; their names begin with the plugin's id.
    public static var migrations: [Migration] {
        [
            Migration("001-greetings") { db in
                try db.execute(
                    sql: """
                        CREATE TABLE helloGreeting(
                            domainId TEXT NOT NULL,
                            id TEXT NOT NULL,
                            fromId TEXT NOT NULL,
                            toId TEXT NOT NULL,
                            text TEXT NOT NULL,
                            sentAt INTEGER NOT NULL,
                            PRIMARY KEY (domainId, id)
                        );
                        CREATE INDEX helloGreetingByReader ON helloGreeting(domainId, toId, id);
                        """)
            }
        ]
    }
}
