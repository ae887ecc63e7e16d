import PatchbaySDK

/// Counts from the table of messages what wasn't counted when it was stored: at the first start on an old database, after
/// the plugin was off, and when an administrator asks. It goes on where it stopped, a few messages a transaction.
struct Recount: Sendable {
    let context: PluginContext
    let tally: Tally
    private let bell = Bell()

    /// Messages of one transaction.
    static let messagesAtATime = 200

    init(context: PluginContext, tally: Tally) {
        self.context = context
        self.tally = tally
    }

    /// How far it is.
    struct Progress: Sendable, Equatable {
        let reached: Int
        let last: Int
        var isDone: Bool { reached >= last }
    }

    /// Counts until it is cancelled.
    func run() async throws {
        try await context.store.write { db in try noteGap(in: db) }
        while !Task.isCancelled {
            while try await context.store.write({ db in try step(in: db) }) {}
            await bell.wait(atMost: nil, clock: context.clock)
        }
    }

    /// Has everything counted anew: the figures begin at nothing and grow while it works.
    func begin() async throws {
        try await context.store.write { db in
            for table in ["usageCount", "usageReason", "usageReply", "usageWaiting"] {
                try db.execute(sql: "DELETE FROM \(table)")
            }
            try keep(Progress(reached: 0, last: try context.oversight.newestPlace(in: db)), in: db)
        }
        bell.ring()
    }

    func progress(in db: Database) throws -> Progress {
        let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT reached, last FROM usageRecount"))
        return row.map { Progress(reached: $0["reached"], last: $0["last"]) } ?? Progress(reached: 0, last: 0)
    }

    /// Whether the message has been counted: it is new, or the recount has come past it.
    func hasPassed(_ message: MessageID, in db: Database) throws -> Bool {
        let progress = try progress(in: db)
        guard !progress.isDone, let place = try context.oversight.place(of: message, in: db) else { return true }
        return place <= progress.reached || place > progress.last
    }

    /// Messages that were stored while nobody counted are counted now.
    private func noteGap(in db: Database) throws {
        guard try progress(in: db).isDone else { return }
        let counted = try Int.fetchOne(db, sql: "SELECT max(newestPlace) FROM usageCount") ?? 0
        let newest = try context.oversight.newestPlace(in: db)
        if newest > counted { try keep(Progress(reached: counted, last: newest), in: db) }
    }

    /// - Returns: whether there is more to do.
    private func step(in db: Database) throws -> Bool {
        let progress = try progress(in: db)
        guard !progress.isDone else { return false }
        let messages = try context.oversight.messages(
            after: progress.reached, upTo: progress.last, limit: Self.messagesAtATime, in: db)
        for message in messages { try tally.add(message, in: db) }
        let isAll = messages.count < Self.messagesAtATime
        let reached = isAll ? progress.last : messages.last?.place ?? progress.last
        try keep(Progress(reached: reached, last: progress.last), in: db)
        return !isAll
    }

    private func keep(_ progress: Progress, in db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO usageRecount VALUES (1, ?, ?)", arguments: [progress.reached, progress.last])
    }
}
