import PatchbaySDK

/// The table of tokens that other portals have made for their users.
enum EmbeddingMigrations {
    static let all = [
        Migration("001-embed-tokens") { db in
            try db.execute(
                sql: """
                    CREATE TABLE embedToken( -- each is good once; kept until it would be refused anyway
                        issuer TEXT NOT NULL,
                        id TEXT NOT NULL,
                        expiresAt INTEGER NOT NULL,
                        PRIMARY KEY (issuer, id)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX embedTokenByExpiry ON embedToken(expiresAt);
                    """)
        }
    ]
}
