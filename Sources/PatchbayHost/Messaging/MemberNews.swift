import PatchbaySDK

/// Tells one person how a conversation stands for them.
struct MemberNews {
    let events: any Events

    /// - Parameters:
    ///   - claim: Who answers it now, where that is the news; `.null` for nobody.
    ///   - removed: Messages that are gone for them, as pairs of the first and last sequence.
    ///   - isErased: Whether the whole conversation is gone for everybody: drafts in browsers go, too.
    func publish(
        _ id: ConversationID, of user: UserID, domain: DomainID, claim: JSON? = nil, removed: JSON? = nil,
        isErased: Bool = false, in db: Database
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
        body["removed"] = removed
        if isErased { body["isErased"] = true }
        try events.publish(
            Event(Messaging.EventName.conversation, in: domain, to: .users([user]), .object(body)), in: db)
    }

    /// Tells everybody who still has the conversation that messages of it are gone.
    func publish(removed sequences: [Int], of id: ConversationID, domain: DomainID, in db: Database) throws {
        let readers = try UserID.fetchAll(
            db, sql: "SELECT userId FROM member WHERE conversationId = ? AND isHidden = 0", arguments: [id])
        guard !readers.isEmpty else { return }
        let removed = Self.stretches(of: sequences)
        for reader in readers { try publish(id, of: reader, domain: domain, removed: removed, in: db) }
    }

    /// Neighbours become one pair: an event of 200 messages stays short.
    static func stretches(of sequences: [Int]) -> JSON {
        var pairs: [(first: Int, last: Int)] = []
        for sequence in sequences.sorted() {
            if let last = pairs.last?.last, last + 1 == sequence {
                pairs[pairs.count - 1].last = sequence
            } else {
                pairs.append((sequence, sequence))
            }
        }
        return .array(pairs.map { [.int($0.first), .int($0.last)] })
    }
}
