import PatchbaySDK

/// The tables of the simulator.
enum SimulatorMigrations {
    static let all = [
        Migration("001-phones") { db in
            try db.execute(
                sql: """
                    CREATE TABLE simulatorMessage (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        domainId TEXT NOT NULL,
                        phone TEXT NOT NULL,
                        ours TEXT NOT NULL,
                        direction TEXT NOT NULL CHECK (direction IN ('toPhone', 'fromPhone')),
                        text TEXT NOT NULL,
                        key TEXT NOT NULL UNIQUE,
                        at INTEGER NOT NULL
                    );
                    CREATE INDEX simulatorMessagePhone ON simulatorMessage(domainId, phone, id);

                    CREATE TABLE simulatorSubmit (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        messageId TEXT NOT NULL,
                        part INTEGER NOT NULL,
                        attempt INTEGER NOT NULL,
                        outcome TEXT NOT NULL,
                        at INTEGER NOT NULL
                    );

                    CREATE TABLE simulatorReceipt (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        messageId TEXT NOT NULL,
                        part INTEGER NOT NULL,
                        outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'delivered', 'failed')),
                        reason TEXT,
                        dueAt INTEGER NOT NULL
                    );
                    CREATE INDEX simulatorReceiptDue ON simulatorReceipt(dueAt, id);
                    CREATE INDEX simulatorReceiptMessage ON simulatorReceipt(messageId, id);
                    """)
        }
    ]
}
