import PatchbaySDK

extension Event {
    /// Somebody wrote something that reads like an opt-out, without the exact word: a person should decide.
    static func optOutSuspected(_ message: Message, members: [UserID]) -> Event {
        Event(
            "sms.opt-out.suspected", in: message.domain, to: .users(members),
            ["conversationId": .string(message.conversation.rawValue), "messageId": .string(message.id.rawValue)])
    }

    /// `conversation`'s outside party no longer wants messages.
    static func optedOut(_ conversation: ConversationID, in domain: DomainID, members: [UserID]) -> Event {
        Event(
            "sms.opt-out.added", in: domain, to: .users(members), ["conversationId": .string(conversation.rawValue)])
    }

    /// `conversation`'s outside party wants messages again.
    static func optedIn(_ conversation: ConversationID, in domain: DomainID, members: [UserID]) -> Event {
        Event(
            "sms.opt-out.removed", in: domain, to: .users(members), ["conversationId": .string(conversation.rawValue)])
    }
}
