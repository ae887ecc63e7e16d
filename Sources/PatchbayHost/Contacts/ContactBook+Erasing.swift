import PatchbaySDK

extension ContactBook {
    /// Takes `number` out of all address books of `domain`, personal and shared, and tells their owners. An entry
    /// without another number goes as a whole, for it is about the number's owner.
    ///
    /// - Returns: how many entries it was in; fewer than `limit` when it is in no more.
    func erase(_ number: String, of domain: DomainID, atMost limit: Int, in db: Database) throws -> Int {
        let holders = try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT id, ownerId, NOT EXISTS (SELECT 1 FROM contactEndpoint AS other
                    WHERE other.contactId = id AND other.kind = 'number' AND other.value <> ?2) AS isOnly
                FROM contactEndpoint JOIN contact ON contact.id = contactId
                WHERE contactEndpoint.domainId = ?1 AND kind = 'number' AND value = ?2 LIMIT ?3
                """, arguments: [domain, number, limit])
        for row in holders {
            let (id, isOnly): (ContactID, Bool) = (row["id"], row["isOnly"])
            if isOnly {
                try db.execute(sql: "DELETE FROM contact WHERE domainId = ? AND id = ?", arguments: [domain, id])
            } else {
                try db.execute(
                    sql: """
                        DELETE FROM contactEndpoint
                        WHERE domainId = ? AND contactId = ? AND kind = 'number' AND value = ?
                        """, arguments: [domain, id, number])
            }
            try tell(id, of: domain, owner: row["ownerId"], isDeleted: isOnly, in: db)
        }
        return holders.count
    }

    /// Removes entries of a user's own book.
    ///
    /// - Returns: how many; fewer than `limit` when none is left.
    func eraseBook(of owner: UserID, in domain: DomainID, atMost limit: Int, _ db: Database) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM contact WHERE id IN (
                    SELECT id FROM contact WHERE domainId = ? AND ownerId = ? LIMIT ?)
                """, arguments: [domain, owner, limit])
        return db.changesCount
    }
}
