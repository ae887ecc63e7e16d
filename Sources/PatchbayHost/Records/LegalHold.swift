import Foundation
import PatchbaySDK

/// Keeps messages whatever the retention rules say, until it is lifted.
public struct LegalHold: Sendable, Equatable {
    /// What a hold covers.
    public enum Level: String, Sendable, CaseIterable {
        /// Everything of a domain.
        case domain
        /// Every conversation that a user takes part in or has written in.
        case user
        /// One conversation.
        case conversation
    }

    /// The hold's own id.
    public let id: String
    /// The domain that it belongs to.
    public let domain: DomainID
    /// What it covers.
    public let level: Level
    /// The id of the domain, user or conversation.
    public let subject: String
    /// Why, for whoever asks later.
    public let reason: String
    /// Who placed it.
    public let placedBy: UserID
    /// When.
    public let placedAt: Date

    private init(_ row: Row) {
        id = row["id"]
        domain = row["domainId"]
        level = Level(rawValue: row["level"]) ?? .domain
        subject = row["subject"]
        reason = row["reason"]
        placedBy = row["placedBy"]
        placedAt = Date(milliseconds: row["placedAt"])
    }

    /// The holds of `domain`, oldest first.
    public static func holds(of domain: DomainID, in db: Database) throws -> [LegalHold] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM legalHold WHERE domainId = ? ORDER BY placedAt, id", arguments: [domain]
        ).map(LegalHold.init)
    }

    /// Places a hold; one that is there already stays as it is.
    ///
    /// - Throws: `PortalError.notFound` for a user or a conversation that isn't one of `domain`.
    public static func place(
        _ level: Level, on subject: String, of domain: DomainID, reason: String, by user: UserID, at now: Date,
        in db: Database
    ) throws -> LegalHold {
        let table: String? =
            switch level {
            case .domain: nil
            case .user: "user"
            case .conversation: "conversation"
            }
        let subject = level == .domain ? domain.rawValue : subject
        if let table {
            let isThere = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE domainId = ? AND id = ?)",
                arguments: [domain, subject])
            guard isThere == true else { throw PortalError.notFound(table) }
        }
        try db.execute(
            sql: """
                INSERT INTO legalHold (id, domainId, level, subject, reason, placedBy, placedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (domainId, level, subject) DO NOTHING
                """,
            arguments: [
                MessageID(at: now).rawValue, domain, level.rawValue, subject, reason, user, now.milliseconds,
            ])
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM legalHold WHERE domainId = ? AND level = ? AND subject = ?",
            arguments: [domain, level.rawValue, subject])
        guard let row else { throw PortalError.notFound("hold") }
        return LegalHold(row)
    }

    /// Lifts a hold.
    ///
    /// - Throws: `PortalError.notFound` for one that isn't there.
    public static func lift(_ id: String, of domain: DomainID, in db: Database) throws {
        try db.execute(sql: "DELETE FROM legalHold WHERE domainId = ? AND id = ?", arguments: [domain, id])
        guard db.changesCount == 1 else { throw PortalError.notFound("hold") }
    }

    /// Whether the messages of `conversation` have to be kept.
    static func covers(_ conversation: ConversationID, of domain: DomainID, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM legalHold WHERE domainId = ?1 AND (level = 'domain'
                        OR (level = 'conversation' AND subject = ?2)
                        OR (level = 'user' AND (subject IN (SELECT userId FROM member WHERE conversationId = ?2)
                            OR subject IN (SELECT userId FROM heldMember WHERE conversationId = ?2)
                            OR subject IN (SELECT authorId FROM message WHERE conversationId = ?2)))))
                    """), arguments: [domain, conversation]) ?? false
    }

    /// Whether the whole domain is under a hold, or this user of it.
    static func covers(_ user: UserID?, of domain: DomainID, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM legalHold WHERE domainId = ?1
                    AND (level = 'domain' OR (level = 'user' AND subject = ?2)))
                """, arguments: [domain, user]) ?? false
    }

    /// Refuses what would remove a user, or a whole domain, that is under a hold.
    ///
    /// - Parameter user: `nil`: the domain itself is to go.
    /// - Throws: `PortalError.conflict` (`records.held`).
    static func requireNone(on user: UserID?, of domain: DomainID, in db: Database) throws {
        let isHeld = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM legalHold WHERE domainId = ?1
                    AND (?2 IS NULL OR level = 'domain' OR (level = 'user' AND subject = ?2)))
                """, arguments: [domain, user])
        guard isHeld != true else {
            throw PortalError(
                .conflict, id: "records.held",
                "A legal hold covers this, so it can't be removed. Lift the hold first, or disable the user.")
        }
    }
}
