import PatchbaySDK
import Synchronization

/// The streams that are open now, by domain and user.
final class Audience: Sendable {
    private struct State {
        var streams: [DomainID: [UserID: [ObjectIdentifier: EventStream]]] = [:]
        var connected: Set<UserID> = []
        var count = 0
    }

    private let state = Mutex(State())

    /// - Returns: how many the user has now.
    func add(_ stream: EventStream) -> Int {
        state.withLock { state in
            state.count += 1
            let reader = stream.reader
            let others = state.streams[reader.domain]?[reader.user]?.count ?? 0
            state.streams[reader.domain, default: [:]][reader.user, default: [:]][ObjectIdentifier(stream)] = stream
            if others == 0 { state.connected.insert(reader.user) }
            return others + 1
        }
    }

    /// - Returns: whether it was the user's last.
    func remove(_ stream: EventStream) -> Bool {
        state.withLock { state in
            let reader = stream.reader
            guard state.streams[reader.domain]?[reader.user]?.removeValue(forKey: ObjectIdentifier(stream)) != nil
            else {
                return false
            }
            state.count -= 1
            guard state.streams[reader.domain]?[reader.user]?.isEmpty == true else { return false }
            state.streams[reader.domain]?[reader.user] = nil
            state.connected.remove(reader.user)
            if state.streams[reader.domain]?.isEmpty == true { state.streams[reader.domain] = nil }
            return true
        }
    }

    var domains: [DomainID] { state.withLock { Array($0.streams.keys) } }

    var count: Int { state.withLock { $0.count } }

    func contains(_ user: UserID) -> Bool {
        state.withLock { $0.connected.contains(user) }
    }

    func streams(of user: UserID, in domain: DomainID) -> [EventStream] {
        state.withLock { state in state.streams[domain]?[user].map { Array($0.values) } ?? [] }
    }

    func streams(to recipients: Event.Recipients, in domain: DomainID) -> [EventStream] {
        state.withLock { state in
            guard let people = state.streams[domain] else { return [] }
            switch recipients {
            case .domain: return people.values.flatMap(\.values)
            case .users(let users): return users.flatMap { people[$0].map { Array($0.values) } ?? [] }
            }
        }
    }

    var all: [EventStream] {
        state.withLock { state in state.streams.values.flatMap { $0.values.flatMap(\.values) } }
    }
}
