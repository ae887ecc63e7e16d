import PatchbaySDK

/// Deletions are for one user, and that user may think better of it.
extension Messaging {
    /// Keeps how the conversation stood for `caller` before they deleted it.
    func noteDeletion(of id: ConversationID, by caller: Caller, in db: Database) throws {
        // Deleting what is deleted already must not forget how it was.
        try db.execute(
            sql: """
                INSERT INTO memberBefore (conversationId, userId, unread, readUpTo, hiddenUpTo)
                SELECT conversationId, userId, unread, readUpTo, hiddenUpTo FROM member
                WHERE domainId = ?1 AND conversationId = ?2 AND userId = ?3 AND isHidden = 0
                ON CONFLICT DO UPDATE SET unread = excluded.unread, readUpTo = excluded.readUpTo,
                    hiddenUpTo = excluded.hiddenUpTo
                """, arguments: [caller.domain, id, caller.user])
    }

    /// Takes back that `caller` deleted the conversation.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's; `conversation.not-deleted` when it isn't deleted, or has
    ///   begun afresh with a new message.
    public func restore(_ id: ConversationID, by caller: Caller) async throws {
        try await store.write { db in
            _ = try self.visible(id, to: caller, in: db)
            try db.execute(
                sql: """
                    UPDATE member SET isHidden = 0, (unread, readUpTo, hiddenUpTo) = (
                        SELECT unread, readUpTo, hiddenUpTo FROM memberBefore
                        WHERE conversationId = member.conversationId AND userId = member.userId)
                    WHERE domainId = ?1 AND conversationId = ?2 AND userId = ?3 AND isHidden = 1
                        AND EXISTS (SELECT 1 FROM memberBefore
                            WHERE conversationId = member.conversationId AND userId = member.userId)
                    """, arguments: [caller.domain, id, caller.user])
            guard db.changesCount == 1 else {
                throw PortalError(
                    .conflict, id: "conversation.not-deleted",
                    "This conversation isn't deleted, or has begun anew since; there is nothing to undo.")
            }
            try db.execute(
                sql: "DELETE FROM memberBefore WHERE conversationId = ? AND userId = ?", arguments: [id, caller.user])
            // A rule may have removed messages meanwhile.
            try Self.recountUnread(in: id, of: caller.user, in: db)
            try self.publishChange(of: id, for: caller, in: db)
        }
    }

    /// Takes back that `caller` deleted a message.
    ///
    /// - Throws: `PortalError.notFound` for a message that the caller may not see; `message.not-deleted`.
    public func restore(
        _ message: MessageID, to id: ConversationID, by caller: Caller
    ) async throws -> StoredMessage {
        try await store.write { db in
            _ = try self.visible(id, to: caller, in: db)
            guard let stored = try StoredMessage.fetch(message, in: db), stored.message.conversation == id,
                try self.readers(of: stored.message, in: db).contains(caller.user)
            else { throw PortalError.notFound("message") }
            try db.execute(
                sql: "DELETE FROM messageHidden WHERE userId = ? AND conversationId = ? AND sequence = ?",
                arguments: [caller.user, id, stored.message.sequence])
            let wasHidden = db.changesCount == 1
            // Deleted with the whole conversation: that is another undo.
            guard try self.seen(message, by: caller, in: db) != nil else { throw PortalError.notFound("message") }
            guard wasHidden else {
                throw PortalError(
                    .conflict, id: "message.not-deleted", "This message isn't deleted; there is nothing to undo.")
            }
            try db.execute(
                sql: """
                    UPDATE member SET unread = unread + (SELECT count(*) FROM message
                        WHERE message.conversationId = ?1 AND message.sequence = ?3
                            AND message.sequence > member.readUpTo AND \(Self.isNews(to: "?2")))
                    WHERE conversationId = ?1 AND userId = ?2
                    """, arguments: [id, caller.user, stored.message.sequence])
            try self.publishChange(of: id, for: caller, in: db)
            // Their other tabs have taken it out.
            try self.tell(stored, to: [caller.user], in: db)
            return stored
        }
    }
}
