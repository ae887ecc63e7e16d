/// Keeps count of messages in the very transaction that stores them, so that a figure is never ahead of what it counts nor
/// behind it. Provided by plugins such as the usage statistics.
///
/// The host calls it inside `Store.write`, on the way of every message: a row or two, found by key, and nothing that waits.
/// What it throws never costs the message: the host logs it, and what had been written before the throw stays; only a fault
/// of the store itself (a full disk) fails the whole write. The closure of a write may run twice, so keep nothing in memory.
public protocol MessageWitness: Sendable {
    /// A message was stored.
    ///
    /// - Parameter place: Its place among all messages of the store; it grows with each.
    func stored(_ message: Message, of kind: ChannelKind, at place: Int, in db: Database) throws

    /// A message went from `old` to what `message` says now.
    ///
    /// - Parameter reason: Why it had failed, if it had.
    func changed(_ message: Message, from old: DeliveryState, reason: String?, in db: Database) throws

    /// A plugin published an event, such as `sms.opt-out.added`.
    func published(_ event: Event, in db: Database) throws
}

/// A message with its kind and place, as `Oversight.messages` gives them.
public struct PlacedMessage: Sendable, Equatable {
    /// Its place among all messages of the store; it grows with each.
    public let place: Int
    /// How its conversation is carried.
    public let kind: ChannelKind
    /// The message as it stands now.
    public let message: Message

    /// Puts a message in its place; the host does it, and tests.
    public init(place: Int, kind: ChannelKind, message: Message) {
        self.place = place
        self.kind = kind
        self.message = message
    }
}
