import PatchbaySDK

extension Messaging {
    /// Marks everything up to `sequence` as read by `caller`; going back is ignored. Tells the caller's other tabs, and
    /// in a chat the other people.
    public func markRead(_ id: ConversationID, upTo sequence: Int, by caller: Caller) async throws {
        try await store.write { db in
            let conversation = try self.visible(id, to: caller, in: db)
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT readUpTo, lastSequence FROM member WHERE conversationId = ? AND userId = ?",
                    arguments: [id, caller.user])
            else { return }
            let last: Int = row["lastSequence"]
            let upTo = min(sequence, last)
            guard upTo > row["readUpTo"] as Int else { return }
            let unread = upTo == last ? 0 : try self.unread(in: id, after: upTo, for: caller, in: db)
            try db.execute(
                sql: "UPDATE member SET readUpTo = ?, unread = ? WHERE conversationId = ? AND userId = ?",
                arguments: [upTo, unread, id, caller.user])
            try self.publishChange(of: id, for: caller, in: db)
            if conversation.kind == .chat {
                let others = try self.members(of: id, in: db).filter { $0 != caller.user }
                try self.events.publish(
                    Event(
                        "chat.read", in: caller.domain, to: .users(others),
                        [
                            "conversationId": .string(id.rawValue), "userId": .string(caller.user.rawValue),
                            "upTo": .int(upTo),
                        ]), in: db)
            }
        }
    }

    private func unread(
        in id: ConversationID, after sequence: Int, for caller: Caller, in db: Database
    ) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM message WHERE message.conversationId = ?1 AND message.sequence > ?2
                    AND \(Self.isNews(to: "?3"))
                """, arguments: [id, sequence, caller.user]) ?? 0
    }

    /// Of a row of `message`: it counts as unread for `user`, a term of SQL, unless they have read it.
    static func isNews(to user: String) -> String {
        """
        (via IS NULL AND authorId IS NOT \(user)
            OR state = 'received' AND via IN (SELECT number FROM numberUser WHERE userId = \(user)))
            AND NOT EXISTS (
                SELECT 1 FROM messageHidden WHERE messageHidden.userId = \(user)
                    AND messageHidden.conversationId = message.conversationId
                    AND messageHidden.sequence = message.sequence)
        """
    }

    /// Takes from what people have unread the messages that are there no more.
    ///
    /// - Parameter user: For them only; `nil` for everybody.
    static func recountUnread(in id: ConversationID, of user: UserID?, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE member SET unread = min(unread, (SELECT count(*) FROM message
                    WHERE message.conversationId = member.conversationId AND message.sequence > member.readUpTo
                        AND \(isNews(to: "member.userId"))))
                WHERE conversationId = ?1 AND unread > 0 AND (?2 IS NULL OR userId = ?2)
                """, arguments: [id, user])
    }

    /// Turns notifications of the conversation off or on, for `caller` only (S24).
    public func setMuted(_ isMuted: Bool, _ id: ConversationID, by caller: Caller) async throws {
        try await store.write { db in
            _ = try self.visible(id, to: caller, in: db)
            try db.execute(
                sql: "UPDATE member SET isMuted = ? WHERE conversationId = ? AND userId = ?",
                arguments: [isMuted, id, caller.user])
            try self.publishChange(of: id, for: caller, in: db)
        }
    }

    /// Chooses the number that `caller` sends from in the conversation (S35).
    public func setFrom(_ number: PhoneNumber, _ id: ConversationID, by caller: Caller) async throws {
        try await store.write { db in
            _ = try self.visible(id, to: caller, in: db)
            try self.remember(from: number, for: caller, in: id, in: db)
            try self.publishChange(of: id, for: caller, in: db)
        }
    }

    /// Names a group chat, for everybody in it.
    public func setTitle(_ title: String, _ id: ConversationID, by caller: Caller) async throws {
        try await store.write { db in
            let conversation = try self.visible(id, to: caller, in: db)
            let people = try self.members(of: id, in: db)
            guard conversation.kind == .chat, people.count > 2 || conversation.title != nil else {
                throw PortalError(.invalid, id: "conversation.no-title", "Only a group can be given a name.")
            }
            try db.execute(sql: "UPDATE conversation SET title = ? WHERE id = ?", arguments: [title, id])
            for person in people {
                let reader = Caller(user: person, domain: caller.domain, scope: .basicUser)
                try self.publishChange(of: id, for: reader, in: db)
            }
        }
    }

    /// Deletes the conversation for `caller`; the others keep theirs, and a new message starts it afresh (S25).
    public func delete(_ id: ConversationID, by caller: Caller) async throws {
        try await store.write { db in
            _ = try self.visible(id, to: caller, in: db)
            try self.noteDeletion(of: id, by: caller, in: db)
            try db.execute(
                sql: """
                    UPDATE member SET isHidden = 1, unread = 0, readUpTo = lastSequence,
                        hiddenUpTo = (SELECT lastSequence FROM conversation WHERE id = ?1)
                    WHERE conversationId = ?1 AND userId = ?2
                    """, arguments: [id, caller.user])
            try self.publishChange(of: id, for: caller, in: db)
        }
    }

    /// Deletes one message for `caller` only.
    public func delete(_ message: MessageID, from id: ConversationID, by caller: Caller) async throws {
        try await store.write { db in
            _ = try self.visible(id, to: caller, in: db)
            guard let seen = try self.seen(message, by: caller, in: db)?.message, seen.conversation == id else {
                throw PortalError.notFound("message")
            }
            try db.execute(
                sql: "INSERT OR IGNORE INTO messageHidden VALUES (?, ?, ?)",
                arguments: [caller.user, id, seen.sequence])
            try Self.recountUnread(in: id, of: caller.user, in: db)
            try MemberNews(events: self.events).publish(
                id, of: caller.user, domain: caller.domain, removed: MemberNews.stretches(of: [seen.sequence]), in: db)
        }
    }

    /// Keeps conversations and assignments together: who gets a number sees its conversations, who loses it doesn't.
    public static func assignmentChanged(
        _ number: PhoneNumber, _ user: UserID, isAssigned: Bool, in db: Database
    ) throws {
        if isAssigned {
            try db.execute(
                sql: """
                    INSERT INTO member (conversationId, userId, domainId, readUpTo, lastSequence, activity)
                    SELECT id, ?2, domainId, used.lastSequence, used.lastSequence, used.activity
                    FROM conversationNumber AS used JOIN conversation ON conversation.id = used.conversationId
                    WHERE used.number = ?1
                    ON CONFLICT DO UPDATE SET lastSequence = max(lastSequence, excluded.lastSequence),
                        activity = max(activity, excluded.activity)
                    """, arguments: [number, user])
            return
        }
        try db.execute(
            sql: """
                DELETE FROM member WHERE userId = ?2
                    AND conversationId IN (SELECT conversationId FROM conversationNumber WHERE number = ?1)
                    AND NOT EXISTS (
                        SELECT 1 FROM conversationNumber AS other JOIN numberUser USING (number)
                        WHERE other.conversationId = member.conversationId AND userId = ?2 AND number <> ?1)
                """, arguments: [number, user])
        try db.execute(
            sql: """
                UPDATE member SET (lastSequence, activity) = (
                    SELECT max(other.lastSequence), max(other.activity) FROM conversationNumber AS other
                    JOIN numberUser USING (number)
                    WHERE other.conversationId = member.conversationId AND numberUser.userId = ?2 AND number <> ?1)
                WHERE userId = ?2
                    AND conversationId IN (SELECT conversationId FROM conversationNumber WHERE number = ?1)
                """, arguments: [number, user])
        // What came to the other numbers is as new as before.
        let withNews = try ConversationID.fetchAll(
            db,
            sql: """
                SELECT conversationId FROM conversationNumber JOIN member USING (conversationId)
                WHERE number = ?1 AND userId = ?2 AND unread > 0
                """, arguments: [number, user])
        for id in withNews { try recountUnread(in: id, of: user, in: db) }
    }

    /// Tells the tabs of `caller` how the conversation stands for them.
    ///
    /// - Parameter claim: Who answers it, when that is the news.
    func publishChange(of id: ConversationID, for caller: Caller, claim: JSON? = nil, in db: Database) throws {
        try MemberNews(events: events).publish(id, of: caller.user, domain: caller.domain, claim: claim, in: db)
    }
}
