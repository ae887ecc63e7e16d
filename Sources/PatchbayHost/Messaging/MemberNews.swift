import PatchbaySDK

/// Tells one person how a conversation stands for them.
struct MemberNews {
    let events: any Events

    /// - Parameter claim: Who answers it now, where that is the news; `.null` for nobody.
    func publish(
        _ id: ConversationID, of user: UserID, domain: DomainID, claim: JSON? = nil, in db: Database
    ) throws {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM member WHERE conversationId = ? AND userId = ?", arguments: [id, user])
        else { return }
        var body: [String: JSON] = [
            "conversationId": .string(id.rawValue), "unread": .int(row["unread"]),
            "readUpTo": .int(row["readUpTo"]), "isMuted": .bool(row["isMuted"]),
            "isDeleted": .bool(row["isHidden"]),
        ]
        body["claim"] = claim
        try events.publish(
            Event(Messaging.EventName.conversation, in: domain, to: .users([user]), .object(body)), in: db)
    }
}
