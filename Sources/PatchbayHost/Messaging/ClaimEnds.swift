import PatchbaySDK

/// Ends the claims of somebody who can't answer any more: disabled, removed, or without the number.
///
/// Call it before the change, in its transaction: the claims go with the assignment.
struct ClaimEnds {
    let events: any Events

    /// Ends all claims of `user`, or those on `number`, and tells the colleagues.
    func end(of user: UserID, on number: PhoneNumber?, in db: Database) throws {
        let claims = try Row.fetchAll(
            db,
            sql: """
                DELETE FROM conversationClaim WHERE userId = ?1 AND (?2 IS NULL OR number = ?2)
                RETURNING conversationId, number, domainId
                """, arguments: [user, number])
        for claim in claims {
            let readers = try UserID.fetchAll(
                db,
                sql: """
                    SELECT userId FROM member WHERE conversationId = ?1 AND userId <> ?3
                        AND userId IN (SELECT userId FROM numberUser WHERE number = ?2)
                    """, arguments: [claim["conversationId"] as String, claim["number"] as String, user])
            for reader in readers {
                try MemberNews(events: events).publish(
                    claim["conversationId"], of: reader, domain: claim["domainId"], claim: .null, in: db)
            }
        }
    }
}
