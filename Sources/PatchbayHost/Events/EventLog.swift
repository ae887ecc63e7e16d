import Dispatch
import Foundation
import PatchbaySDK
import Synchronization

/// The event table is the bus: an event is stored in the transaction of its change, delivered once that is on disk, and
/// replayed to a browser that comes back with the id it saw last.
public final class EventLog: Events, BatchListener {
    /// What stored events refer to is written out anew for a replay: texts are kept in one place only.
    public typealias Renderer = @Sendable (_ name: String, _ body: JSON, _ db: Database) throws -> JSON?

    /// Made after the commit, and only when somebody reads: the writer's thread is what everybody waits for.
    typealias Live = @Sendable () -> [UInt8]

    /// Replays read at most so many rows; a reader further behind gets `resync`.
    public static let mostReplayed = 20_000
    /// The streams of one user; the tabs of a browser share one.
    public static let mostStreams = 10
    /// Rows that a replay reads at a time.
    private static let pageLength = 200
    /// Events that are removed in one transaction.
    private static let prunedAtATime = 1000

    struct Noted {
        let offset: Int
        let event: Event
        /// What live readers get in place of the body.
        let live: Live?
    }

    /// How fast news reaches the streams.
    public struct HandOver: Sendable {
        /// How many commits with news have been handed over.
        public internal(set) var commits = 0
        /// From those commits until all their readers' streams had the news, summed up.
        public internal(set) var total = Duration.zero
    }

    private struct State {
        var lastOffset = 0
        var epoch = ""
        var noted: [Noted] = []
    }

    private let store: PortalStore
    private let clock: any PortalClock
    private let state = Mutex(State())
    private let renderers = Mutex<[String: Renderer]>([:])
    private let delivery = DispatchQueue(label: "patchbay.events.delivery")
    let audience = Audience()
    private let pace = Mutex(HandOver())
    private let witness = Mutex<(@Sendable (Event, Database) throws -> Void)?>(nil)
    private let presence = Mutex<(@Sendable (EventReader, Bool) -> Void)?>(nil)

    /// Opens the log of `store`, whose tables are up to date.
    public init(store: PortalStore, clock: any PortalClock) throws {
        self.store = store
        self.clock = clock
        let (epoch, offset) = try store.writeNow { db in
            let kept = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'")
            let epoch = kept ?? String(UUID().uuidString.prefix(8)).lowercased()
            if kept == nil { try db.execute(sql: "INSERT INTO meta VALUES ('epoch', ?)", arguments: [epoch]) }
            let offset = try Int.fetchOne(db, sql: "SELECT max(offset) FROM event") ?? 0
            return (epoch, offset)
        }
        state.withLock {
            $0.epoch = epoch
            $0.lastOffset = offset
        }
        store.setListener(self)
    }

    /// Says how events named `name`, stored as references, are written out for a replay.
    func render(_ name: String, by renderer: @escaping Renderer) { renderers.withLock { $0[name] = renderer } }

    /// Calls `tell` when a user's first stream opens (`true`) or the last one ends (`false`).
    public func onPresence(_ tell: @escaping @Sendable (EventReader, Bool) -> Void) { presence.withLock { $0 = tell } }

    /// Stores `event` with the change that it tells of; its readers get it when the transaction is on disk.
    public func publish(_ event: Event, in db: Database) throws {
        try publish(event, in: db, live: nil)
        try witness.withLock { $0 }?(event, db)
    }

    /// Calls `tell` with every event that is published by itself, in its transaction.
    func onPublish(_ tell: @escaping @Sendable (Event, Database) throws -> Void) { witness.withLock { $0 = tell } }

    /// As `publish(_:in:)`, with what live readers get in place of the body.
    func publish(_ event: Event, in db: Database, live: Live?) throws {
        let offset = state.withLock { state in
            state.lastOffset += 1
            return state.lastOffset
        }
        try db.quickly(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", .integer(offset), .id(event.domain), .text(event.name),
            .text(event.recipients.stored), .text(event.body.text), .integer(clock.now.milliseconds))
        state.withLock { $0.noted.append(Noted(offset: offset, event: event, live: live)) }
    }

    /// Hands `event` to those who are connected now; nothing is stored, and who is away never hears of it.
    public func signal(_ event: Event) {
        let frame = Frame.signal(event.name, data: event.body.utf8)
        delivery.async { [audience] in
            for stream in audience.streams(to: event.recipients, in: event.domain) { stream.offer(frame) }
        }
    }

    // MARK: Reading

    /// Opens a stream: what came after `lastID`, then everything as it happens.
    ///
    /// Without `lastID` it begins now. An id of another epoch, one that isn't an id, and one too far back get `resync`.
    /// - Throws: `PortalError` `events.too-many-streams` (429) when the user has `mostStreams` already.
    public func subscribe(_ reader: EventReader, after lastID: String?) async throws -> EventStream {
        let (opening, offset) = try await start(after: lastID)
        let box = Mutex<EventStream?>(nil)
        let stream = EventStream(
            reader: reader, opening: opening, after: offset,
            page: { [weak self] offset in
                guard let self else { throw CancellationError() }
                return try await self.page(for: reader, after: offset)
            },
            onEnd: { [weak self] in
                if let stream = box.withLock({ $0 }) { self?.leave(stream) }
            })
        box.withLock { $0 = stream }
        // Counted as it joins, for many may come at once.
        let count = audience.add(stream)
        guard count <= Self.mostStreams else {
            stream.cancel()
            throw PortalError(
                .rateLimited(retryAfter: .seconds(5)), id: "events.too-many-streams",
                "You have the portal open too often; close a window.")
        }
        if count == 1 { presence.withLock { $0 }?(reader, true) }
        return stream
    }

    /// Where the log stands for whoever reads in `db`: a stream that begins after it misses nothing that isn't in `db` yet.
    public func position(in db: Database) throws -> EventPosition {
        let offset = try Int.fetchOne(db.cachedStatement(sql: "SELECT max(offset) FROM event"))
        return EventPosition(epoch: state.withLock { $0.epoch }, offset: offset ?? 0)
    }

    private func leave(_ stream: EventStream) {
        if audience.remove(stream) { presence.withLock { $0 }?(stream.reader, false) }
    }

    /// What a reader gets first, and the offset that it goes on from.
    private func start(after lastID: String?) async throws -> (Frame, Int) {
        let (oldest, here) = try await store.read { db in
            (try Int.fetchOne(db, sql: "SELECT min(offset) FROM event") ?? 0, try self.position(in: db))
        }
        let newest = here.offset
        // The id makes a new reader know where it stands before anything happens.
        guard let lastID, !lastID.isEmpty else { return (.opening(at: here), newest) }
        guard let position = EventPosition(lastID), position.epoch == here.epoch, position.offset <= newest,
            position.offset >= oldest - 1 || position.offset == newest,
            newest - position.offset <= Self.mostReplayed
        else { return (.resync(at: here), newest) }
        return (.opening(at: position), position.offset)
    }

    /// The next part of the log, with the events that `reader` may see.
    private func page(for reader: EventReader, after offset: Int) async throws -> EventStream.Page {
        let epoch = state.withLock { $0.epoch }
        let renderers = renderers.withLock { $0 }
        return try await store.read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: "SELECT * FROM event WHERE offset > ? AND domainId = ? ORDER BY offset LIMIT ?"),
                arguments: [offset, reader.domain, Self.pageLength])
            let isLast = rows.count < Self.pageLength
            // The last page has seen the log to its end, whoever the rest of it is for.
            let upTo = isLast ? try max(offset, self.position(in: db).offset) : rows.last.map { $0["offset"] } ?? offset
            var bytes: [UInt8] = []
            for row in rows {
                guard Event.Recipients.includes(reader.user, stored: row["recipients"]) else { continue }
                let name: String = row["name"]
                let body = try JSON(parsing: row["body"] as String)
                guard let data = try renderers[name].map({ try $0(name, body, db) }) ?? body else { continue }
                let position = EventPosition(epoch: epoch, offset: row["offset"])
                bytes.append(contentsOf: Frame.event(name, at: position, data: data.utf8).bytes)
            }
            return EventStream.Page(bytes: bytes, upTo: upTo, isLast: isLast)
        }
    }

    /// Whether the user has a stream open.
    public func isConnected(_ user: UserID) -> Bool { audience.contains(user) }

    /// Whether the session has a stream open, as that user.
    func isConnected(session: String, of user: UserID) -> Bool {
        audience.all.contains { $0.reader.user == user && $0.reader.session == session }
    }

    /// How many streams are open.
    public var streamCount: Int { audience.count }

    /// How fast news has reached the streams since the start.
    public var handOver: HandOver { pace.withLock { $0 } }

    /// How long the oldest news has waited for the slowest reader.
    public var longestLag: Duration { audience.all.map(\.lag).max() ?? .zero }

    /// The domains whose people have a stream open.
    var domains: [DomainID] { audience.domains }

    /// The sessions and tokens that have a stream open.
    var sessions: [String] { Array(Set(audience.all.map(\.reader.session))) }

    /// Ends the streams of a session that was revoked.
    public func disconnect(session: String) {
        for stream in audience.all where stream.reader.session == session { stream.cancel() }
    }

    /// Ends all streams, so that browsers come back to the next server.
    public func disconnectAll() { for stream in audience.all { stream.cancel() } }

    /// Sends a sign of life to every stream, so that proxies and browsers see that the connection stands.
    func beat() { for stream in audience.all { stream.offer(.heartbeat) } }

    /// Removes events older than `moment`, a few at a time: they are looked for beside the writer, which everybody waits
    /// for. The newest stays, so that offsets never repeat.
    public func prune(before moment: Date) async throws {
        var last = 0
        while true {
            let reached = last
            let old = try await store.read { db in
                try Int.fetchAll(
                    db,
                    sql: """
                        SELECT offset FROM event
                        WHERE offset > ? AND publishedAt < ? AND offset < (SELECT max(offset) FROM event)
                        ORDER BY offset LIMIT \(Self.prunedAtATime)
                        """, arguments: [reached, moment.milliseconds])
            }
            guard let newest = old.last else { return }
            last = newest
            let offsets = JSON.array(old.map(JSON.int)).text
            try await store.write { db in
                try db.execute(
                    sql: "DELETE FROM event WHERE offset IN (SELECT value FROM json_each(?))", arguments: [offsets])
            }
        }
    }

    // MARK: BatchListener

    func mark() -> Int { state.withLock { $0.noted.count } }

    func rewind(to mark: Int) { state.withLock { $0.noted.removeSubrange(mark...) } }

    func didCommit() {
        let (noted, epoch) = state.withLock { state in
            defer { state.noted.removeAll(keepingCapacity: true) }
            return (state.noted, state.epoch)
        }
        guard !noted.isEmpty else { return }
        let committedAt = ContinuousClock.now
        delivery.async { [audience, weak self] in
            for item in noted {
                let streams = audience.streams(to: item.event.recipients, in: item.event.domain)
                if streams.isEmpty { continue }
                let data = item.live?() ?? item.event.body.utf8
                let frame = Frame.event(
                    item.event.name, at: EventPosition(epoch: epoch, offset: item.offset), data: data)
                for stream in streams { stream.offer(frame, at: item.offset) }
            }
            self?.pace.withLock { pace in
                pace.commits += 1
                pace.total += .now - committedAt
            }
        }
    }
}

extension Event.Recipients {
    fileprivate var stored: String {
        switch self {
        case .domain: "*"
        case .users(let users): users.map(\.rawValue).joined(separator: ",")
        }
    }

    fileprivate static func includes(_ user: UserID, stored: String) -> Bool {
        stored == "*" || stored.split(separator: ",").contains { $0 == user.rawValue }
    }
}
