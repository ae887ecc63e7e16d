import Foundation
import PatchbaySDK

/// What a `PushSubscriptionID` names.
public enum PushSubscriptionKind {}
/// A browser that is told of news while the portal is closed.
public typealias PushSubscriptionID = Identifier<PushSubscriptionKind>

/// A browser that is told of news while the portal is closed, as its user sees it.
public struct PushSubscription: Sendable {
    /// The subscription's id.
    public let id: PushSubscriptionID
    /// The session that it ends with.
    public let session: SessionID
    /// What the browser said it is.
    public let userAgent: String
    /// When it was switched on.
    public let createdAt: Date
}

/// Which browsers are told. A session has one at most, a browser is one session's, and it ends with that session.
public struct PushSubscriptions: Sendable {
    let clock: any PortalClock

    /// The browsers of `caller`, newest first.
    public func subscriptions(of caller: Caller, in db: Database) throws -> [PushSubscription] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT id, sessionId, userAgent, createdAt FROM pushSubscription WHERE domainId = ? AND userId = ?
                ORDER BY createdAt DESC, id DESC
                """, arguments: [caller.domain, caller.user]
        ).map { row in
            PushSubscription(
                id: row["id"], session: row["sessionId"], userAgent: row["userAgent"],
                createdAt: Date(milliseconds: row["createdAt"]))
        }
    }

    /// Takes a browser up. What this session had before, and whoever had this browser before, has it no more.
    ///
    /// - Throws: `PortalError.unauthenticated` (`session.required`) when the session has ended meanwhile.
    public func subscribe(
        _ endpoint: PushEndpoint, p256dh: String, auth: String, session: SessionID, userAgent: String,
        by caller: Caller, in db: Database
    ) throws -> PushSubscription {
        let isAlive = try Bool.fetchOne(
            db, sql: "SELECT 1 FROM session WHERE domainId = ? AND userId = ? AND id = ?",
            arguments: [caller.domain, caller.user, session])
        guard isAlive == true else { throw PortalError(.unauthenticated, id: "session.required", "Sign in first.") }
        let known = try Row.fetchOne(
            db,
            sql: """
                SELECT id, userAgent, createdAt FROM pushSubscription
                WHERE domainId = ? AND sessionId = ? AND endpoint = ? AND p256dh = ? AND auth = ?
                """, arguments: [caller.domain, session, endpoint.url, p256dh, auth])
        if let known {
            return PushSubscription(
                id: known["id"], session: session, userAgent: known["userAgent"],
                createdAt: Date(milliseconds: known["createdAt"]))
        }
        try db.execute(
            sql: "DELETE FROM pushSubscription WHERE sessionId = ? OR endpoint = ?", arguments: [session, endpoint.url])
        let made = PushSubscription(
            id: PushSubscriptionID(at: clock.now), session: session, userAgent: String(userAgent.prefix(400)),
            createdAt: clock.now)
        try db.execute(
            sql: """
                INSERT INTO pushSubscription
                    (id, domainId, userId, sessionId, endpoint, p256dh, auth, userAgent, createdAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                made.id, caller.domain, caller.user, session, endpoint.url, p256dh, auth, made.userAgent,
                made.createdAt.milliseconds,
            ])
        return made
    }

    /// Ends one of the caller's; what is on its way to it ends too.
    ///
    /// - Throws: `PortalError.notFound` for one that isn't the caller's.
    public func remove(_ id: PushSubscriptionID, of caller: Caller, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM pushSubscription WHERE domainId = ? AND userId = ? AND id = ?",
            arguments: [caller.domain, caller.user, id])
        guard db.changesCount == 1 else { throw PortalError.notFound("subscription") }
    }

    /// Forgets what has come too late to be sent.
    func prune(in db: Database) throws {
        try db.execute(sql: "DELETE FROM pushNote WHERE expiresAt <= ?", arguments: [clock.now.milliseconds])
    }
}
