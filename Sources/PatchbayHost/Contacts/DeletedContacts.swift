import Foundation
import PatchbaySDK

/// The ids of contacts that were deleted within the last hour, so that undoing gives the same one back. What was in them
/// isn't kept.
struct DeletedContacts {
    private static let kept = 3_600_000
    let clock: any PortalClock

    static let migration = Migration("005-deleted-contacts") { db in
        try db.execute(
            sql: """
                CREATE TABLE deletedContact (
                    id TEXT PRIMARY KEY,
                    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
                    ownerId TEXT REFERENCES user(id) ON DELETE CASCADE,
                    deletedAt INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX deletedContactByTime ON deletedContact(deletedAt);
                CREATE INDEX deletedContactByDomain ON deletedContact(domainId);
                CREATE INDEX deletedContactByOwner ON deletedContact(ownerId);
                """)
    }

    /// Keeps the id of a contact that is being deleted.
    func note(_ contact: Contact, in db: Database) throws {
        let now = clock.now.milliseconds
        try db.execute(sql: "DELETE FROM deletedContact WHERE deletedAt <= ?", arguments: [now - Self.kept])
        try db.execute(
            sql: "INSERT OR REPLACE INTO deletedContact (id, domainId, ownerId, deletedAt) VALUES (?, ?, ?, ?)",
            arguments: [contact.id, contact.domain, contact.owner, now])
    }

    /// Gives the id back to one who could have deleted the contact.
    ///
    /// - Throws: `PortalError.notFound`.
    func take(_ id: ContactID, for caller: Caller, in db: Database) throws -> ContactID {
        try db.execute(
            sql: """
                DELETE FROM deletedContact
                WHERE domainId = ? AND id = ? AND (ownerId IS NULL OR ownerId = ?) AND deletedAt > ?
                """, arguments: [caller.domain, id, caller.user, clock.now.milliseconds - Self.kept])
        guard db.changesCount == 1 else { throw PortalError.notFound("contact") }
        return id
    }
}
