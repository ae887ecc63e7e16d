import PatchbaySDK
import Synchronization

/// Tells a domain's browsers what phones are doing, as adapters say that something has changed.
///
/// A PBX that comes back tells of thousands of phones at once, and a busy one of hundreds a second. So changes only mark
/// an extension; a round four times a second asks for the present state of what is marked, a limited number a domain.
final class PhoneNews: Sendable {
    /// Between two rounds.
    static let pause = Duration.milliseconds(250)
    /// The most phones in one event: some 35 kB, so that no stream is held up.
    static let most = 500

    private struct State {
        var marked: [DomainID: Set<String>] = [:]
        /// Every extension that was ever told of: what becomes unknown when a PBX is gone.
        var known: [DomainID: Set<String>] = [:]
    }

    private let state = Mutex(State())
    private let bell = Bell()
    private let events: EventLog
    private let store: PortalStore
    private let presence: any PhonePresence

    init(events: EventLog, store: PortalStore, presence: any PhonePresence) {
        self.events = events
        self.store = store
        self.presence = presence
    }

    /// Marks phones. Quick, from any thread.
    func note(_ extensions: Set<String>, in domain: DomainID) {
        if extensions.isEmpty { return }
        state.withLock { state in
            state.marked[domain, default: []].formUnion(extensions)
            state.known[domain, default: []].formUnion(extensions)
        }
        bell.ring()
    }

    /// Marks every phone that was ever told of.
    func noteAll() {
        state.withLock { state in state.marked.merge(state.known) { $0.union($1) } }
        bell.ring()
    }

    /// Tells until it is cancelled.
    ///
    /// - Throws: what the store throws; the phones of that round are marked again.
    func run(clock: any PortalClock) async throws {
        while !Task.isCancelled {
            if !hasMarked { await bell.wait(atMost: nil, clock: clock) }
            var failure: (any Error)?
            for (domain, extensions) in take() {
                do { try await tell(extensions, of: domain) } catch {
                    note(extensions, in: domain)
                    failure = error
                }
            }
            if let failure { throw failure }
            try await clock.sleep(for: Self.pause)
        }
    }

    private var hasMarked: Bool { state.withLock { !$0.marked.isEmpty } }

    /// What the next round is about.
    private func take() -> [DomainID: Set<String>] {
        state.withLock { state in
            var taken: [DomainID: Set<String>] = [:]
            for (domain, marked) in state.marked {
                let batch = Set(marked.prefix(Self.most))
                let rest = marked.subtracting(batch)
                taken[domain] = batch
                state.marked[domain] = rest.isEmpty ? nil : rest
            }
            return taken
        }
    }

    private func tell(_ extensions: Set<String>, of domain: DomainID) async throws {
        guard events.domains.contains(domain) else { return }
        let list = JSON.array(extensions.map { .string($0) }).text
        let users = try await store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, extension FROM user
                    WHERE domainId = ? AND isEnabled AND extension IN (SELECT value FROM json_each(?))
                    """, arguments: [domain, list]
            ).map { (id: $0["id"] as String, extension: $0["extension"] as String) }
        }
        if users.isEmpty { return }
        let states = presence.states(of: users.map(\.extension), in: domain)
        let phones = users.map { user -> JSON in
            ["userId": .string(user.id), "phone": .string((states[user.extension] ?? .unknown).rawValue)]
        }
        events.signal(Event("phones.changed", in: domain, to: .domain, ["phones": .array(phones)]))
    }
}
