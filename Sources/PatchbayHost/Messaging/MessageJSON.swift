import PatchbaySDK

extension StoredMessage {
    /// The message as the API and the event stream show it; the same for every reader.
    public var json: JSON {
        [
            "id": .string(message.id.rawValue),
            "conversationId": .string(message.conversation.rawValue),
            "sequence": .int(message.sequence),
            "clientId": JSON(message.clientID),
            "authorId": JSON(message.author?.rawValue),
            "direction": message.state == .received ? "in" : "out",
            "via": JSON(message.via?.e164),
            "text": .string(message.text),
            "attachments": attachments,
            "state": .string(message.state.rawValue),
            "reason": JSON(message.reason),
            "segments": .int(message.segments),
            "createdAt": .string(message.createdAt.rfc3339),
        ]
    }
}
