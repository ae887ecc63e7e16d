import PatchbaySDK
import Synchronization

/// What a plugin that counts asks the host; the test says which features are in use.
public final class TestOversight: Oversight, Sendable {
    private let unused = Mutex<[PluginID: Set<DomainID>]>([:])

    /// Every feature is in use at first; this takes `feature` out of use in `domain`, or puts it back.
    public func setInUse(_ isInUse: Bool, _ feature: PluginID, in domain: DomainID) {
        unused.withLock { unused in
            if isInUse { unused[feature]?.remove(domain) } else { unused[feature, default: []].insert(domain) }
        }
    }

    /// Managers see their own domain, a super-user all.
    public func domains(of caller: Caller, in db: Database) throws -> [DomainRecord] {
        guard caller.scope == .siteManager || caller.scope.managesDomain else { return [] }
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM domain WHERE id = ?1 OR ?2 ORDER BY id <> ?1, id",
            arguments: [caller.domain, caller.scope == .superUser])
        return rows.map { DomainRecord(id: $0["id"], name: $0["name"], region: $0["region"], timeZone: $0["timeZone"]) }
    }

    /// Whether the test has left it in use.
    public func isInUse(_ feature: PluginID, in domain: DomainID, db: Database) throws -> Bool {
        unused.withLock { $0[feature]?.contains(domain) != true }
    }

    /// The messages after a place, in the order in which they were stored.
    public func messages(after place: Int, upTo last: Int, limit: Int, in db: Database) throws -> [PlacedMessage] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT message.rowid AS place, conversation.kind, message.* FROM message
                JOIN conversation ON conversation.id = message.conversationId
                WHERE message.rowid > ? AND message.rowid <= ? ORDER BY message.rowid LIMIT ?
                """, arguments: [place, last, limit])
        return try rows.map {
            PlacedMessage(place: $0["place"], kind: ChannelKind(rawValue: $0["kind"]), message: try Message($0))
        }
    }

    /// How many messages there are.
    public func newestPlace(in db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT max(rowid) FROM message") ?? 0
    }

    /// The message's number in the order in which they were stored.
    public func place(of message: MessageID, in db: Database) throws -> Int? {
        try Int.fetchOne(db, sql: "SELECT rowid FROM message WHERE id = ?", arguments: [message])
    }
}
