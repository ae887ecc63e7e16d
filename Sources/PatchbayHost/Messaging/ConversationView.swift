import PatchbaySDK

/// A conversation as one user sees it: named after the other side, with their own unread count and settings.
public struct ConversationView: Sendable {
    /// A member of a chat.
    public struct Person: Sendable {
        public let id: UserID
        public let name: String
        public let `extension`: String
    }

    public let conversation: Conversation
    public let members: [Person]
    let contact: ContactMatch?
    let region: String
    let caller: UserID
    let from: PhoneNumber?
    public let unread: Int
    public let isMuted: Bool
    public let readUpTo: Int
    public let lastSequence: Int
    let last: StoredMessage?

    /// The other side: a contact's name, a colleague's, a group's, or the number alone (S27, S28).
    public var title: String {
        if let contact { return contact.name }
        if let remoteFormatted { return remoteFormatted }
        if let title = conversation.title { return title }
        let others = members.filter { $0.id != caller }.map(\.name)
        return others.isEmpty ? "Only you" : others.joined(separator: ", ")
    }

    private var remoteFormatted: String? {
        conversation.remote.map { remote in PhoneNumber(e164: remote)?.formatted(for: region) ?? remote }
    }

    /// As the API shows it.
    public var json: JSON {
        [
            "id": .string(conversation.id.rawValue),
            "kind": .string(conversation.kind.rawValue),
            "title": .string(title),
            "label": JSON(contact?.label),
            "contactId": JSON(contact?.contact.rawValue),
            "remote": JSON(conversation.remote),
            "remoteFormatted": JSON(remoteFormatted),
            "members": .array(
                members.map {
                    ["id": .string($0.id.rawValue), "name": .string($0.name), "extension": .string($0.extension)]
                }),
            "unread": .int(unread),
            "isMuted": .bool(isMuted),
            "from": JSON(from?.e164),
            "readUpTo": .int(readUpTo),
            "lastSequence": .int(lastSequence),
            "lastMessage": last?.json ?? .null,
            "lastAt": JSON(last?.message.createdAt.rfc3339),
        ]
    }
}
