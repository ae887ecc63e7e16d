import PatchbaySDK

/// Counts from the table of messages what wasn't counted when it was stored: at the first start on an old database, after
/// the plugin was off, when an administrator asks, and all of a domain after it moved to another time zone. It goes on
/// where it stopped, a few messages a transaction.
///
/// A domain that is behind is counted by nobody else: what is stored or changes there meanwhile waits for its turn, so
/// that messages are counted in the order in which they were stored. A domain has one row of its own, or all have one
/// together, never both.
struct Recount: Sendable {
    let context: PluginContext
    let tally: Tally
    private let zones: CountedZones
    private let bell = Bell()

    /// Messages of one transaction.
    static let messagesAtATime = 200
    /// Stands for every domain.
    private static let all = DomainID(rawValue: "")

    init(context: PluginContext, tally: Tally) {
        self.context = context
        self.tally = tally
        zones = CountedZones(directory: context.directory)
    }

    /// Counts until it is cancelled.
    func run() async throws {
        try await context.store.write { db in try noteGap(in: db) }
        while !Task.isCancelled {
            try await context.store.write { db in
                for domain in try zones.moved(in: db) { try begin(domain, in: db) }
            }
            while try await context.store.write({ db in try step(in: db) }) {}
            await bell.wait(atMost: nil, clock: context.clock)
        }
    }

    /// Has everything counted anew: the figures begin at nothing and grow while it works.
    func begin() async throws {
        try await context.store.write { db in try begin(Self.all, in: db) }
        bell.ring()
    }

    /// Has a domain counted anew that has moved, if nobody has seen it yet.
    func look() { bell.ring() }

    /// Whether figures of `domain` are missing, or stand on the days of a zone that it has left.
    func isBehind(_ domain: DomainRecord, in db: Database) throws -> Bool {
        if try place(of: domain.id, in: db) != nil { return true }
        return try zones.hasMoved(domain, in: db)
    }

    /// Whether what happens to a message at `place` is to be counted now; if not, it is when its turn comes.
    func hasPassed(_ place: @autoclosure () throws -> Int?, of domain: DomainID, in db: Database) throws -> Bool {
        if try !zones.isCurrent(domain, in: db) {
            try begin(domain, in: db)
            bell.ring()
        }
        guard let reached = try self.place(of: domain, in: db) else { return true }
        // A message that is gone won't be found either.
        return try place().map { $0 <= reached } ?? true
    }

    /// Up to where a domain that is behind has been counted.
    private func place(of domain: DomainID, in db: Database) throws -> Int? {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT reached FROM usageBehind WHERE domainId IN (?, '')"), arguments: [domain])
    }

    /// Messages that were stored while nobody counted are counted now.
    private func noteGap(in db: Database) throws {
        let behind = try DomainID.fetchAll(db, sql: "SELECT domainId FROM usageBehind")
        guard !behind.contains(Self.all) else { return }
        let counted = try Int.fetchOne(db, sql: "SELECT max(newestPlace) FROM usageCount") ?? 0
        guard try context.oversight.newestPlace(in: db) > counted else { return }
        // How far the others were isn't known when one of them is behind.
        if behind.isEmpty { try keep(counted, for: Self.all, in: db) } else { try begin(Self.all, in: db) }
    }

    private func begin(_ domain: DomainID, in db: Database) throws {
        let isAlone = try domain != Self.all && place(of: Self.all, in: db) == nil
        for table in ["usageCount", "usageReason", "usageReply", "usageWaiting", "usageBehind", "usageZone"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE domainId = ? OR NOT ?", arguments: [domain, isAlone])
        }
        try keep(0, for: isAlone ? domain : Self.all, in: db)
    }

    /// - Returns: whether there is more to do.
    private func step(in db: Database) throws -> Bool {
        let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT domainId, reached FROM usageBehind LIMIT 1"))
        guard let row else { return false }
        let domain: DomainID = row["domainId"]
        let messages = try context.oversight.messages(
            after: row["reached"], upTo: try context.oversight.newestPlace(in: db), limit: Self.messagesAtATime, in: db)
        for placed in messages where domain == Self.all || domain == placed.message.domain {
            guard try zones.isCurrent(placed.message.domain, in: db) else {
                try begin(placed.message.domain, in: db)
                return true
            }
            try tally.add(placed, in: db)
        }
        if let last = messages.last, messages.count == Self.messagesAtATime {
            try keep(last.place, for: domain, in: db)
        } else {
            try db.execute(sql: "DELETE FROM usageBehind WHERE domainId = ?", arguments: [domain])
        }
        return true
    }

    private func keep(_ reached: Int, for domain: DomainID, in db: Database) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO usageBehind VALUES (?, ?)", arguments: [domain, reached])
    }
}
