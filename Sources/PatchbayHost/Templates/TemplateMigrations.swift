import PatchbaySDK

/// The table of templates.
enum TemplateMigrations {
    static let all = [
        Migration("001-templates") { db in
            try db.execute(
                sql: """
                    CREATE TABLE template(
                        id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
                        domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                        ownerId TEXT, -- NULL: the domain's
                        name TEXT NOT NULL CHECK (name <> ''),
                        searchName TEXT NOT NULL,
                        text TEXT NOT NULL CHECK (text <> ''),
                        FOREIGN KEY (ownerId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                    ) STRICT;
                    CREATE UNIQUE INDEX templateByName ON template(domainId, ifnull(ownerId, ''), searchName);
                    CREATE INDEX templateByOwner ON template(ownerId) WHERE ownerId IS NOT NULL;
                    """)
        }
    ]
}
