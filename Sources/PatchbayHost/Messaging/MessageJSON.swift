import PatchbaySDK

extension StoredMessage {
    /// The message as the API and the event stream show it; the same for every reader.
    public var json: JSON { .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })) }

    /// The text of `json`, made without it: every message is written twice at least.
    public var utf8: [UInt8] { JSON.utf8(ofSorted: members) }

    /// `{"message": …}`: what a sender is answered and live readers get.
    public var utf8InObject: [UInt8] {
        var bytes = Array("{\"message\":".utf8)
        bytes.append(contentsOf: utf8)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// By name, in order.
    private var members: KeyValuePairs<String, JSON> {
        [
            "attachments": attachments,
            "authorId": JSON(message.author?.rawValue),
            "clientId": JSON(message.clientID),
            "conversationId": .string(message.conversation.rawValue),
            "createdAt": .string(message.createdAt.rfc3339),
            "direction": message.state == .received ? "in" : "out",
            "hold": message.state == .pending ? message.hold?.json ?? .null : .null,
            "id": .string(message.id.rawValue),
            "isAutomatic": .bool(message.isAutomatic),
            "reason": JSON(message.reason),
            "segments": .int(message.segments),
            "sequence": .int(message.sequence),
            "state": .string(message.state.rawValue),
            "text": .string(message.text),
            "via": JSON(message.via?.e164),
        ]
    }
}
