/// News for people's browsers. An event is stored in the transaction of the change it tells of.
public protocol Events: Sendable {
    /// Stores `event` and, once the transaction is on disk, delivers it to its recipients.
    ///
    /// Call it inside `Store.write`, with that call's database.
    func publish(_ event: Event, in db: Database) throws

    /// Tells something fleeting, such as typing, to those who are connected now. Nothing is stored.
    func signal(_ event: Event)
}

/// A piece of news: `plugin.noun.past-participle`, such as `sms.message.received`.
public struct Event: Sendable {
    /// Who may see it. Always written out: an event reaches nobody by default.
    public enum Recipients: Sendable, Equatable {
        case users([UserID])
        /// Everybody of the domain who is signed in.
        case domain
    }

    /// `plugin.noun.past-participle`, such as `sms.message.received`.
    public let name: String
    /// The domain that it happened in; nobody of another gets it.
    public let domain: DomainID
    /// Who may see it.
    public let recipients: Recipients
    /// Ids and what changed; never secrets or texts.
    public let body: JSON

    /// Describes a piece of news.
    ///
    /// - Parameter body: Ids and what changed; never secrets or texts.
    public init(_ name: String, in domain: DomainID, to recipients: Recipients, _ body: JSON) {
        self.name = name
        self.domain = domain
        self.recipients = recipients
        self.body = body
    }
}
