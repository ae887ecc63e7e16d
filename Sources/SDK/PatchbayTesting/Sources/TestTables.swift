import Foundation
import PatchbaySDK

/// The host's tables that fakes live on, small but real, so that a transaction rolls them back with the plugin's own.
enum TestTables {
    static let migrations = [
        Migration("001-host") { db in
            try db.execute(
                sql: """
                    CREATE TABLE domain(id TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL, timeZone TEXT NOT NULL);
                    CREATE TABLE user(id TEXT PRIMARY KEY, domainId TEXT NOT NULL REFERENCES domain, extension TEXT NOT NULL,
                        fullName TEXT NOT NULL, scope TEXT NOT NULL, UNIQUE(domainId, extension));
                    CREATE TABLE number(number TEXT PRIMARY KEY, domainId TEXT NOT NULL REFERENCES domain,
                        label TEXT NOT NULL, carrier TEXT, hasSMS INTEGER NOT NULL DEFAULT 1);
                    CREATE TABLE numberUser(number TEXT NOT NULL REFERENCES number, userId TEXT NOT NULL REFERENCES user,
                        PRIMARY KEY(number, userId));
                    CREATE TABLE conversation(id TEXT PRIMARY KEY, domainId TEXT NOT NULL REFERENCES domain,
                        kind TEXT NOT NULL, remote TEXT, title TEXT, UNIQUE(domainId, kind, remote));
                    CREATE TABLE member(conversationId TEXT NOT NULL REFERENCES conversation,
                        userId TEXT NOT NULL REFERENCES user, readUpTo INTEGER NOT NULL DEFAULT 0,
                        PRIMARY KEY(conversationId, userId));
                    CREATE TABLE message(id TEXT PRIMARY KEY, conversationId TEXT NOT NULL REFERENCES conversation,
                        domainId TEXT NOT NULL REFERENCES domain, sequence INTEGER NOT NULL, authorId TEXT, via TEXT,
                        text TEXT NOT NULL, attachments TEXT NOT NULL, state TEXT NOT NULL, reason TEXT,
                        segments INTEGER NOT NULL, createdAt INTEGER NOT NULL, clientId TEXT,
                        isAutomatic INTEGER NOT NULL, heldUntil INTEGER, heldIn TEXT,
                        UNIQUE(conversationId, sequence), UNIQUE(authorId, clientId));
                    CREATE TABLE event(id INTEGER PRIMARY KEY, name TEXT NOT NULL, domainId TEXT NOT NULL,
                        recipients TEXT NOT NULL, body TEXT NOT NULL);
                    CREATE TABLE audit(id INTEGER PRIMARY KEY, action TEXT NOT NULL, subject TEXT NOT NULL,
                        domainId TEXT NOT NULL);
                    """)
        },
        Migration("002-people") { db in try seed(db) },
    ]

    private static func seed(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO domain VALUES ('acme.example', 'Acme', 'CH', 'Europe/Zurich'),
                    ('globex.example', 'Globex', 'US', 'America/Los_Angeles')
                """)
        for person in TestPerson.all {
            try db.execute(
                sql: "INSERT INTO user VALUES (?, ?, ?, ?, ?)",
                arguments: [person.id, person.domain, person.extension, person.fullName, person.scope])
        }
        let numbers: [(PhoneNumber, DomainID, String, [TestPerson])] = [
            (.acmeDesk, .acme, "Front desk", [.alice, .bob]),
            (.aliceDirect, .acme, "Alice direct", [.alice]),
            (.globexDesk, .globex, "Globex", [.eve]),
        ]
        for (number, domain, label, people) in numbers {
            try db.execute(
                sql: "INSERT INTO number (number, domainId, label, carrier) VALUES (?, ?, ?, 'simulator')",
                arguments: [number, domain, label])
            for person in people {
                try db.execute(sql: "INSERT INTO numberUser VALUES (?, ?)", arguments: [number, person.id])
            }
        }
    }
}
