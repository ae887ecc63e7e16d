import PatchbaySDK

/// The tables of domains, users, numbers, contacts and sessions.
public enum DirectoryMigrations {
    /// Oldest first; owned by `core`.
    public static let all = [directory, numbers, contacts, sessions, DeletedContacts.migration]

    private static let directory = Migration("001-directory") { db in
        try db.execute(
            sql: """
                CREATE TABLE domain (
                    id TEXT NOT NULL PRIMARY KEY CHECK (id <> '' AND id = lower(id)),
                    name TEXT NOT NULL CHECK (name <> ''),
                    searchName TEXT NOT NULL,
                    region TEXT NOT NULL CHECK (length(region) = 2),
                    timeZone TEXT NOT NULL CHECK (timeZone <> ''),
                    resellerId TEXT REFERENCES domain(id) ON DELETE SET NULL,
                    createdAt INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX domainByName ON domain(searchName, id);
                CREATE INDEX domainByReseller ON domain(resellerId) WHERE resellerId IS NOT NULL;

                CREATE TABLE user (
                    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
                    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                    extension TEXT NOT NULL CHECK (extension <> ''),
                    fullName TEXT NOT NULL CHECK (fullName <> ''),
                    searchName TEXT NOT NULL,
                    email TEXT CHECK (email <> ''),
                    scope TEXT NOT NULL CHECK (scope <> ''),
                    passwordHash TEXT CHECK (passwordHash <> ''),
                    isEnabled INTEGER NOT NULL DEFAULT 1 CHECK (isEnabled IN (0, 1)),
                    createdAt INTEGER NOT NULL,
                    lastSeenAt INTEGER,
                    UNIQUE (domainId, extension),
                    UNIQUE (id, domainId)
                ) STRICT;
                CREATE UNIQUE INDEX userByEmail ON user(email COLLATE NOCASE) WHERE email IS NOT NULL;
                CREATE INDEX userByName ON user(domainId, searchName, id);
                """)
    }

    // The pairs (id, domainId) are referred to as pairs, so that no row can join two domains.
    private static let numbers = Migration("002-numbers") { db in
        try db.execute(
            sql: """
                CREATE TABLE number (
                    number TEXT NOT NULL PRIMARY KEY CHECK (number GLOB '+[1-9]*'),
                    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                    label TEXT NOT NULL,
                    carrier TEXT CHECK (carrier <> ''),
                    createdAt INTEGER NOT NULL,
                    UNIQUE (number, domainId)
                ) STRICT;
                CREATE INDEX numberByDomain ON number(domainId, number);

                CREATE TABLE numberUser (
                    number TEXT NOT NULL,
                    userId TEXT NOT NULL,
                    domainId TEXT NOT NULL,
                    PRIMARY KEY (number, userId),
                    FOREIGN KEY (number, domainId) REFERENCES number(number, domainId) ON DELETE CASCADE,
                    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX numberUserByUser ON numberUser(userId, number);
                """)
    }

    private static let contacts = Migration("003-contacts") { db in
        try db.execute(
            sql: """
                CREATE TABLE contact (
                    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
                    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                    ownerId TEXT,
                    name TEXT NOT NULL CHECK (name <> ''),
                    searchName TEXT NOT NULL,
                    company TEXT NOT NULL,
                    searchCompany TEXT NOT NULL,
                    notes TEXT NOT NULL,
                    createdAt INTEGER NOT NULL,
                    updatedAt INTEGER NOT NULL,
                    UNIQUE (id, domainId),
                    FOREIGN KEY (ownerId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                ) STRICT;
                CREATE INDEX contactByName ON contact(domainId, searchName, id);
                CREATE INDEX contactByOwner ON contact(ownerId) WHERE ownerId IS NOT NULL;

                CREATE TABLE contactEndpoint (
                    contactId TEXT NOT NULL,
                    domainId TEXT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('number', 'email')),
                    position INTEGER NOT NULL,
                    label TEXT NOT NULL,
                    value TEXT NOT NULL CHECK (value <> ''),
                    PRIMARY KEY (contactId, kind, position),
                    FOREIGN KEY (contactId, domainId) REFERENCES contact(id, domainId) ON DELETE CASCADE
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX contactEndpointByValue ON contactEndpoint(domainId, value);
                """)
    }

    private static let sessions = Migration("004-sessions") { db in
        try db.execute(
            sql: """
                CREATE TABLE session (
                    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
                    tokenHash TEXT NOT NULL UNIQUE,
                    userId TEXT NOT NULL,
                    domainId TEXT NOT NULL,
                    createdAt INTEGER NOT NULL,
                    lastSeenAt INTEGER NOT NULL,
                    expiresAt INTEGER NOT NULL,
                    userAgent TEXT NOT NULL,
                    address TEXT NOT NULL,
                    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                ) STRICT;
                CREATE INDEX sessionByUser ON session(userId);
                CREATE INDEX sessionByExpiry ON session(expiresAt);

                CREATE TABLE signInAddress (
                    userId TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
                    address TEXT NOT NULL,
                    lastAt INTEGER NOT NULL,
                    PRIMARY KEY (userId, address)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE apiToken (
                    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
                    tokenHash TEXT NOT NULL UNIQUE,
                    userId TEXT NOT NULL,
                    domainId TEXT NOT NULL,
                    name TEXT NOT NULL CHECK (name <> ''),
                    permissions TEXT NOT NULL CHECK (json_valid(permissions)),
                    createdAt INTEGER NOT NULL,
                    expiresAt INTEGER NOT NULL,
                    lastUsedAt INTEGER,
                    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
                ) STRICT;
                CREATE INDEX apiTokenByUser ON apiToken(userId);
                """)
    }
}
