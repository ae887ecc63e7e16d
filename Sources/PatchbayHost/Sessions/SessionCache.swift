import Foundation
import PatchbaySDK
import Synchronization

/// The sessions that were verified lately, and all that this process has seen and that still live.
final class SessionCache: Sendable {
    /// How long a verification holds. What happens in this process ends it at once.
    static let holdsFor: TimeInterval = 5

    private struct Entry {
        let session: AuthenticatedSession
        var verifiedAt: Date
    }

    private struct State {
        var byHash: [String: Entry] = [:]
        var hashes: [SessionID: String] = [:]
        /// Counts removals, so that a verification that was under way meanwhile isn't kept.
        var generation = 0
    }

    private let state = Mutex(State())

    /// Grows when sessions are forgotten; take it before verifying.
    var generation: Int { state.withLock { $0.generation } }

    /// The session of a token, if it was verified in the last seconds.
    func session(hash: String, at now: Date) -> AuthenticatedSession? {
        state.withLock { state in
            guard let entry = state.byHash[hash], abs(now.timeIntervalSince(entry.verifiedAt)) < Self.holdsFor,
                now < entry.session.expiresAt
            else { return nil }
            return entry.session
        }
    }

    /// Keeps what was verified, unless something was forgotten since `generation`.
    func keep(_ session: AuthenticatedSession, hash: String, at now: Date, generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            state.byHash[hash] = Entry(session: session, verifiedAt: now)
            state.hashes[session.id] = hash
        }
    }

    /// Forgets sessions that have ended.
    func forget(_ sessions: some Sequence<SessionID>) {
        state.withLock { state in
            state.generation += 1
            for id in sessions {
                if let hash = state.hashes.removeValue(forKey: id) { state.byHash[hash] = nil }
            }
        }
    }

    /// Has sessions verified anew at their next request.
    func doubt(_ sessions: some Sequence<SessionID>) {
        state.withLock { state in
            state.generation += 1
            for id in sessions {
                if let hash = state.hashes[id] { state.byHash[hash]?.verifiedAt = .distantPast }
            }
        }
    }

    /// The sessions of `user`, or of everybody, that this process knows.
    func known(of user: UserID?) -> [SessionID] {
        state.withLock { state in
            state.byHash.values.map(\.session).filter { user == nil || $0.caller.user == user }.map(\.id)
        }
    }
}
