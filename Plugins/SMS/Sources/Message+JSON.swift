import Foundation
import PatchbaySDK

extension Message {
    /// The message as the portal's API shows it. An SMS carries no files, so `attachments` is empty.
    var json: JSON {
        [
            "id": .string(id.rawValue), "conversationId": .string(conversation.rawValue), "sequence": .int(sequence),
            "clientId": JSON(clientID), "authorId": JSON(author?.rawValue),
            "direction": .string(state == .received ? "in" : "out"), "via": JSON(via?.e164), "text": .string(text),
            "attachments": [], "state": .string(state.rawValue), "reason": JSON(reason), "segments": .int(segments),
            "createdAt": .string(createdAt.rfc3339), "isAutomatic": .bool(isAutomatic),
            "hold": state == .pending ? hold?.json ?? .null : .null,
        ]
    }
}
