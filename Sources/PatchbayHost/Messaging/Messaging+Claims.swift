import PatchbaySDK

extension Messaging {
    /// Lets `caller` answer a conversation through a shared number in place of `former`.
    ///
    /// - Parameter former: Who answers it now, as far as the caller knows; `nil` for nobody.
    /// - Throws: `PortalError.notFound` for somebody else's conversation; `conversation.not-shared`;
    ///   `conversation.claimed` when somebody but `former` answers it; the closed gate.
    public func claim(_ id: ConversationID, from former: UserID?, by caller: Caller) async throws {
        try await store.write { db in
            let (conversation, desk) = try self.sharedDesk(of: id, for: caller, in: db)
            if let (plugin, _) = self.channels.channel(conversation.kind) {
                try self.gates.requireOpen(plugin, for: caller, in: db)
            }
            guard desk.claim?.user == former else { throw desk.claim?.refusal ?? Claim.hasMoved }
            if try self.claims.take(desk.number, in: conversation, for: caller.user, from: former, db) {
                try self.tellClaim(on: desk.number, in: conversation, db)
            }
        }
    }

    /// Lets anybody answer again what `caller` has answered.
    ///
    /// - Throws: `PortalError.notFound` for somebody else's conversation; `conversation.not-shared`;
    ///   `conversation.claim-not-yours`.
    public func release(_ id: ConversationID, by caller: Caller) async throws {
        try await store.write { db in
            let (conversation, desk) = try self.sharedDesk(of: id, for: caller, in: db)
            guard try self.claims.release(desk.number, in: id, by: caller.user, db) else {
                throw PortalError(
                    .conflict, id: "conversation.claim-not-yours", "You aren't the one who answers this conversation.")
            }
            try self.tellClaim(on: desk.number, in: conversation, db)
        }
    }

    /// Tells people of claims that have run out.
    ///
    /// - Returns: how long until the next one does; `nil` when there is none.
    func endExpiredClaims() async throws -> Duration? {
        try await store.write { db in
            for (id, number) in try self.claims.expired(db) {
                guard let conversation = try self.conversation(id, in: db) else { continue }
                try self.tellClaim(on: number, in: conversation, db)
            }
            return try self.claims.untilNextExpiry(db)
        }
    }

    /// Who writes through a shared number answers the conversation from then on.
    ///
    /// - Returns: whether that is news; then everybody has been told how the conversation stands for them.
    func noteAnswer(_ draft: Draft, in db: Database) throws -> Bool {
        guard draft.purpose == .conversation, let user = draft.author.user, let from = draft.from,
            try claims.isShared(from, db), try claims.take(from, in: draft.conversation, for: user, from: nil, db)
        else { return false }
        try tellClaim(on: from, in: draft.conversation, db)
        return true
    }

    private func sharedDesk(
        of id: ConversationID, for caller: Caller, in db: Database
    ) throws -> (Conversation, Desk) {
        let conversation = try visible(id, to: caller, in: db)
        let from = try defaultFrom(of: conversation, for: caller, in: db)
        guard conversation.kind == .sms, let desk = try claims.desks(of: [(id, from)], for: caller, db)[id] else {
            throw PortalError(
                .conflict, id: "conversation.not-shared", "Nobody else has this number, so there is nothing to claim.")
        }
        return (conversation, desk)
    }

    /// Tells everybody who sees the conversation through the number who answers it.
    private func tellClaim(on number: PhoneNumber, in conversation: Conversation, _ db: Database) throws {
        let claim = try claims.claim(on: number, in: conversation.id, db)?.json ?? .null
        let people = try UserID.fetchAll(
            db,
            sql: """
                SELECT userId FROM member WHERE conversationId = ?1
                    AND userId IN (SELECT userId FROM numberUser WHERE number = ?2)
                """, arguments: [conversation.id, number])
        for person in people {
            let reader = Caller(user: person, domain: conversation.domain, scope: .basicUser)
            try publishChange(of: conversation.id, for: reader, claim: claim, in: db)
        }
    }
}
