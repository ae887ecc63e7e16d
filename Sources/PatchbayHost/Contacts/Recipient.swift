import PatchbaySDK

/// Somebody whom a new conversation can be opened with. What can be done follows from the kind.
public enum Recipient: Sendable, Equatable {
    /// A user of the system: chat only (S12).
    case user(UserRecord)
    /// A contact's number: SMS. A contact with three numbers is three recipients.
    case contact(Contact, number: ContactCard.Endpoint)
    /// A number that is in no address book: SMS.
    case number(PhoneNumber)

    /// What a conversation with them is carried by: chat for users, SMS for numbers.
    public var channel: ChannelKind {
        if case .user = self { .chat } else { .sms }
    }
}
