import PatchbaySDK

extension Permission {
    /// May chat.
    static let chatUse = Permission(rawValue: "chat.use")
}

extension ChatPlugin {
    /// Read marks, below `/api/v1/chat/`.
    @RouteBuilder public var routes: [Route] {
        Route.get("conversations/:conversation/reads", requires: .chatUse) { try await listReads($0) }
    }

    private func listReads(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let marks = try await context.store.read { [self] db in
            let (conversation, members) = try room(of: request, for: caller, in: db)
            let marks = try context.conversations.readMarks(of: conversation.id, in: db)
            return members.map { (user: $0, upTo: marks[$0] ?? 0) }
        }
        return .json([
            "items": .array(marks.map { ["userId": .string($0.user.rawValue), "upTo": .int($0.upTo)] })
        ])
    }

    /// The chat that the request names, and its members.
    ///
    /// - Throws: `PortalError.notFound` unless it is a chat that the caller is in.
    private func room(
        of request: PluginRequest, for caller: Caller, in db: Database
    ) throws -> (Conversation, members: [UserID]) {
        let id: ConversationID = request.id("conversation")
        guard let conversation = try context.conversations.conversation(id, in: db), conversation.kind == kind,
            conversation.domain == caller.domain
        else { throw PortalError.notFound("conversation") }
        let members = try context.conversations.members(of: id, in: db)
        guard members.contains(caller.user) else { throw PortalError.notFound("conversation") }
        return (conversation, members)
    }
}
