import Foundation
import PatchbaySDK

/// What people decide about a message that waits for the end of the quiet hours.
extension SMSRoutes {
    @Sendable func sendNow(_ request: PluginRequest) async throws -> PluginResponse {
        try await change(request) { message, conversation, caller, db in
            let draft = Draft(
                conversation: conversation, author: .user(caller.user), text: message.text, from: message.via,
                quietHours: .send, message: message.id)
            if case .refuse(let refusal) = try context.conversations.decision(on: draft, in: db) { throw refusal }
            try outbox.release(try OutboxEntry.all(of: message.id, in: db), in: db)
        }
    }

    @Sendable func takeBack(_ request: PluginRequest) async throws -> PluginResponse {
        try await change(request) { message, _, _, db in
            try outbox.takeBack(try OutboxEntry.all(of: message.id, in: db), in: db)
        }
    }

    /// Changes a message of a conversation that the caller takes part in.
    ///
    /// - Throws: `PortalError.notFound` for any other.
    func change(
        _ request: PluginRequest,
        _ deed: @escaping @Sendable (Message, Conversation, Caller, Database) throws -> Void
    ) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let id: MessageID = request.id("message")
        let message = try await context.store.write { db in
            guard let message = try context.conversations.message(id, for: caller, in: db),
                let conversation = try context.conversations.conversation(message.conversation, in: db),
                conversation.kind == .sms, try context.conversations.isMember(caller, of: conversation.id, in: db)
            else { throw PortalError.notFound("message") }
            try deed(message, conversation, caller, db)
            return try context.conversations.message(id, for: caller, in: db) ?? message
        }
        return .json(["message": message.json], status: 202)
    }
}
