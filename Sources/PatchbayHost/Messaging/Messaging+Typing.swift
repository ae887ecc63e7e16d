import PatchbaySDK

extension Messaging {
    /// Tells those who would see `caller`'s message that one is being written, so that two don't answer the same customer:
    /// the others of a chat, and for a text the colleagues who have the number it would go out from. Nothing is stored.
    ///
    /// At most once in two seconds for each writer and conversation.
    /// - Throws: `PortalError.notFound` for a conversation that isn't the caller's; the error of a closed gate.
    public func announceTyping(in id: ConversationID, by caller: Caller) async throws {
        let others = try await store.read { db -> [UserID] in
            let conversation = try self.visible(id, to: caller, in: db)
            let plugin = self.channels.channel(conversation.kind)?.id
            if let closed = try plugin.flatMap({ try self.gates.closedGate($0, for: caller, in: db) }) {
                throw closed.error
            }
            let from = try self.defaultFrom(of: conversation, for: caller, in: db)
            if conversation.kind == .sms, from == nil { return [] }
            return try self.readers(of: id, via: from, in: db).filter { $0 != caller.user }
        }
        guard !others.isEmpty, typing.allows(caller.user, in: id, at: clock.now) else { return }
        events.signal(
            Event(
                EventName.typing, in: caller.domain, to: .users(others),
                ["conversationId": .string(id.rawValue), "userId": .string(caller.user.rawValue)]))
    }
}
