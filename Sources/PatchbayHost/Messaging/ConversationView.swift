import Foundation
import PatchbaySDK

/// A conversation as one user sees it: named after the other side, with their own unread count and settings.
public struct ConversationView: Sendable {
    /// A member of a chat.
    public struct Person: Sendable {
        /// The member's id.
        public let id: UserID
        /// The member's full name.
        public let name: String
        /// The extension of the member's phone.
        public let `extension`: String
    }

    /// The conversation itself.
    public let conversation: Conversation
    /// Its people, the viewer too; empty for SMS.
    public let members: [Person]
    let contact: ContactMatch?
    let region: String
    let caller: UserID
    let from: PhoneNumber?
    let desk: Desk?
    /// How many messages from others the viewer hasn't read.
    public let unread: Int
    /// Whether the viewer wants no sound or notice of it.
    public let isMuted: Bool
    /// The sequence up to which the viewer has read; 0 for nothing.
    public let readUpTo: Int
    /// The sequence of its newest message; 0 while there is none.
    public let lastSequence: Int
    /// The newest message that the viewer may see and hasn't deleted.
    let last: StoredMessage?
    /// When its newest message was sent, deleted by the viewer or not: the list is sorted by it.
    let lastAt: Date?

    /// The other side: a contact's name, a colleague's, a group's, or the number alone (S27, S28).
    public var title: String {
        if let contact { return contact.name }
        if let remoteFormatted { return remoteFormatted }
        if let title = conversation.title { return title }
        return isDeserted ? "Somebody who has left" : others.map(\.name).joined(separator: ", ")
    }

    /// Whether nobody else is left whom a chat without a name of its own could be named after.
    var isDeserted: Bool { conversation.kind == .chat && conversation.title == nil && others.isEmpty }

    private var others: [Person] { members.filter { $0.id != caller } }

    private var remoteFormatted: String? {
        conversation.remote.map { remote in PhoneNumber.formatted(remote, for: region) }
    }

    /// As the API shows it.
    public var json: JSON {
        [
            "id": .string(conversation.id.rawValue),
            "kind": .string(conversation.kind.rawValue),
            "title": .string(title),
            "isDeserted": .bool(isDeserted),
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
            "isShared": .bool(desk != nil),
            "claim": desk?.claim?.json ?? .null,
            "readUpTo": .int(readUpTo),
            "lastSequence": .int(lastSequence),
            "lastMessage": last?.json ?? .null,
            "lastAt": JSON(lastAt?.rfc3339),
        ]
    }
}
