import Dispatch
import Foundation
import PatchbaySDK
import Synchronization

/// The event table is the bus: an event is stored in the transaction of its change, delivered once that is on disk, and
/// replayed to a browser that comes back with the id it saw last.
public final class EventLog: Events, BatchListener {
    /// What stored events refer to is written out anew for a replay: texts are kept in one place only.
    public typealias Renderer = @Sendable (_ name: String, _ body: JSON, _ db: Database) throws -> JSON?

    /// Replays read at most so many rows; a reader further behind gets `resync`.
    public static let mostReplayed = 20_000

    struct Noted {
        let offset: Int
        let event: Event
        let data: [UInt8]
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

    public func publish(_ event: Event, in db: Database) throws { try publish(event, in: db, live: nil) }

    /// As `publish(_:in:)`, with what live readers get in place of the body.
    func publish(_ event: Event, in db: Database, live: JSON?) throws {
        let offset = state.withLock { state in
            state.lastOffset += 1
            return state.lastOffset
        }
        let statement = try db.cachedStatement(sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            offset, event.domain, event.name, event.recipients.stored, event.body.text, clock.now.milliseconds,
        ])
        let noted = Noted(offset: offset, event: event, data: (live ?? event.body).utf8)
        state.withLock { $0.noted.append(noted) }
    }

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
    public func subscribe(_ reader: EventReader, after lastID: String?) async throws -> EventStream {
        let box = Mutex<EventStream?>(nil)
        let stream = EventStream(reader: reader) { [weak self] in
            if let stream = box.withLock({ $0 }) { self?.leave(stream) }
        }
        box.withLock { $0 = stream }
        if audience.add(stream) { presence.withLock { $0 }?(reader, true) }
        do {
            let (frames, offset) = try await replay(for: reader, after: lastID)
            stream.finishReplay(frames, upTo: offset)
            return stream
        } catch {
            stream.cancel()
            throw error
        }
    }

    private func leave(_ stream: EventStream) {
        if audience.remove(stream) { presence.withLock { $0 }?(stream.reader, false) }
    }

    private func replay(for reader: EventReader, after lastID: String?) async throws -> ([Frame], Int) {
        let epoch = state.withLock { $0.epoch }
        let renderers = renderers.withLock { $0 }
        return try await store.read { db in
            let newest = try Int.fetchOne(db, sql: "SELECT max(offset) FROM event") ?? 0
            // The comment makes browsers see the headers at once; the empty id block tells a new reader where it stands.
            let here = Frame(bytes: Array("retry: 2000\nid: \(epoch):\(newest)\n\n".utf8))
            guard let lastID, !lastID.isEmpty else { return ([here], newest) }
            let oldest = try Int.fetchOne(db, sql: "SELECT min(offset) FROM event") ?? 0
            let resync = [Frame.resync(at: EventPosition(epoch: epoch, offset: newest))]
            guard let position = EventPosition(lastID), position.epoch == epoch, position.offset <= newest,
                position.offset >= oldest - 1 || position.offset == newest,
                newest - position.offset <= Self.mostReplayed
            else { return (resync, newest) }
            var frames = [Frame(bytes: Array("retry: 2000\n\n".utf8))]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT * FROM event WHERE offset > ? AND domainId = ? ORDER BY offset",
                arguments: [position.offset, reader.domain])
            while let row = try rows.next() {
                guard Event.Recipients.includes(reader.user, stored: row["recipients"]) else { continue }
                let name: String = row["name"]
                let body = try JSON(parsing: row["body"] as String)
                guard let data = try renderers[name].map({ try $0(name, body, db) }) ?? body else { continue }
                frames.append(.event(name, at: EventPosition(epoch: epoch, offset: row["offset"]), data: data.utf8))
            }
            return (frames, newest)
        }
    }

    /// Whether the user has a stream open.
    public func isConnected(_ user: UserID) -> Bool { audience.contains(user) }

    /// How many streams the user has open.
    public func streamCount(of user: UserID, in domain: DomainID) -> Int {
        audience.streams(of: user, in: domain).count
    }

    /// How many streams are open.
    public var streamCount: Int { audience.count }

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

    /// Removes events older than `moment`. The newest stays, so that offsets never repeat.
    public func prune(before moment: Date) async throws {
        try await store.write { db in
            try db.execute(
                sql: "DELETE FROM event WHERE publishedAt < ? AND offset < (SELECT max(offset) FROM event)",
                arguments: [moment.milliseconds])
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
        delivery.async { [audience] in
            for item in noted {
                let streams = audience.streams(to: item.event.recipients, in: item.event.domain)
                if streams.isEmpty { continue }
                let frame = Frame.event(
                    item.event.name, at: EventPosition(epoch: epoch, offset: item.offset), data: item.data)
                for stream in streams { stream.offer(frame, at: item.offset) }
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
