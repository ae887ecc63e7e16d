import PatchbaySDK

/// Which part of a conversation to show. Sequences count from 1.
public enum PageAnchor: Sendable, Equatable {
    /// The newest messages.
    case newest
    /// The messages just before the one with this sequence.
    case before(Int)
    /// The messages just after it.
    case after(Int)
}

/// A stretch of a conversation, oldest first.
public struct MessagePage: Sendable {
    /// The messages, by ascending sequence.
    public let items: [StoredMessage]
    /// Whether there are older ones before the first.
    public let hasOlder: Bool
    /// Whether there are newer ones after the last.
    public let hasNewer: Bool
}

extension Messaging {
    /// At most `limit` messages that `caller` may see. Costs the same however long the conversation is.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's conversation.
    public func page(
        of id: ConversationID, _ anchor: PageAnchor, limit: Int, for caller: Caller, in db: Database
    ) throws -> MessagePage {
        _ = try visible(id, to: caller, in: db)
        let isForward: Bool
        let edge: Int
        switch anchor {
        case .newest: (isForward, edge) = (false, Int.max)
        case .before(let sequence): (isForward, edge) = (false, sequence)
        case .after(let sequence): (isForward, edge) = (true, sequence)
        }
        var items = try db.quickRows(
            """
            SELECT \(StoredMessage.columns) FROM message
            WHERE domainId = ?1 AND conversationId = ?2 AND sequence \(isForward ? ">" : "<") ?4
                AND sequence > (SELECT hiddenUpTo FROM member WHERE conversationId = ?2 AND userId = ?3)
                AND (via IS NULL OR via IN (SELECT number FROM numberUser WHERE userId = ?3))
                AND sequence NOT IN (SELECT sequence FROM messageHidden WHERE userId = ?3 AND conversationId = ?2)
            ORDER BY sequence \(isForward ? "ASC" : "DESC") LIMIT ?5
            """, .id(caller.domain), .id(id), .id(caller.user), .integer(edge), .integer(limit + 1)
        ) { try StoredMessage($0) }
        let hasMore = items.count > limit
        if hasMore { items.removeLast() }
        if !isForward { items.reverse() }
        return MessagePage(
            items: items, hasOlder: isForward ? edge > 1 : hasMore,
            hasNewer: isForward ? hasMore : anchor != .newest)
    }
}
