import PatchbaySDK

extension Event {
    /// The domain has sent most of what it may send within a day. It is news for everybody there: whoever sends may find
    /// the gate closed soon.
    static func usageNeared(in domain: DomainID, sent: Int, limit: Int) -> Event {
        Event("sms.usage.neared", in: domain, to: .domain, ["sent": .int(sent), "limit": .int(limit)])
    }

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
