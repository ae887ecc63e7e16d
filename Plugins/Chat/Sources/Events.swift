import PatchbaySDK

extension Event {
    /// A member is writing, for the others.
    static func typing(by user: UserID, in conversation: Conversation, to others: [UserID]) -> Event {
        Event(
            "chat.typing", in: conversation.domain, to: .users(others),
            ["conversationId": .string(conversation.id.rawValue), "userId": .string(user.rawValue)])
    }
}
