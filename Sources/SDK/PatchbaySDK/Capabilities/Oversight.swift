/// What a plugin that counts needs to know of the whole. All reads run in the caller's transaction.
public protocol Oversight: Sendable {
    /// The domains whose figures `caller` may see: managers see their own, a reseller also those they look after, a
    /// super-user all; nobody else any. The own domain is the first.
    func domains(of caller: Caller, in db: Database) throws -> [DomainRecord]

    /// Whether `feature` runs, is on for the system and for `domain`, and for at least one of the domain's users.
    func isInUse(_ feature: PluginID, in domain: DomainID, db: Database) throws -> Bool

    /// The messages of all domains after a place, in their order.
    ///
    /// - Parameters:
    ///   - last: The last place that counts.
    ///   - limit: How many at most.
    func messages(after place: Int, upTo last: Int, limit: Int, in db: Database) throws -> [PlacedMessage]

    /// The newest message's place; 0 before the first.
    func newestPlace(in db: Database) throws -> Int

    /// The place of a message; `nil` when there is no such message any more.
    func place(of message: MessageID, in db: Database) throws -> Int?
}
