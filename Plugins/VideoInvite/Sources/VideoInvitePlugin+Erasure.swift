import PatchbaySDK

extension VideoInvitePlugin: RecordKeeper {
    /// Takes a user out of all sessions, and ends the links that they made. What guests called themselves is tied to no
    /// number; it goes with the session, in time.
    public func forget(_ person: ErasedPerson, of domain: DomainID, atMost limit: Int, in db: Database) throws -> Bool {
        guard case .user(let user) = person else { return false }
        for session in try VideoSession.fetchAll(
            "endedAt IS NULL AND id IN (SELECT sessionId FROM videoPerson WHERE domainId = ? AND person = ?)",
            [domain, user], in: db)
        {
            guard let peer = session.person(user.rawValue)?.peer else { continue }
            _ = try sessions.leave(session, peer: peer, in: db)
        }
        try db.execute(
            sql: """
                DELETE FROM videoGuestLink WHERE id IN
                    (SELECT id FROM videoGuestLink WHERE domainId = ? AND madeBy = ? LIMIT ?)
                """, arguments: [domain, user, limit])
        let links = db.changesCount
        try db.execute(
            sql: """
                DELETE FROM videoPerson WHERE person = ?2 AND sessionId IN
                    (SELECT sessionId FROM videoPerson WHERE domainId = ?1 AND person = ?2 LIMIT ?3)
                """, arguments: [domain, user, limit])
        return max(links, db.changesCount) == limit
    }
}
