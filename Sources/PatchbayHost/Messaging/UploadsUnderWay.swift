import Synchronization

/// Which contents are being stored just now, so that a file isn't removed for which a row is on its way.
final class UploadsUnderWay: Sendable {
    private struct State {
        /// How many uploads have begun or ended so far.
        var steps = 0
        var digests: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// The moment, for `unlessChanged`.
    var moment: Int { state.withLock { $0.steps } }

    func begin(_ digest: String) {
        state.withLock { state in
            state.steps += 1
            state.digests[digest, default: 0] += 1
        }
    }

    func end(_ digest: String) {
        state.withLock { state in
            state.steps += 1
            state.digests[digest, default: 0] -= 1
            if state.digests[digest] == 0 { state.digests[digest] = nil }
        }
    }

    /// Does `deed`, and lets no upload begin meanwhile; unless one of `digest` is under way, or any has begun or ended
    /// since `moment`: what was read in the database then may no longer be so.
    func unlessChanged(since moment: Int, _ digest: String, _ deed: () -> Void) {
        state.withLock { state in
            guard state.steps == moment, state.digests[digest] == nil else { return }
            deed()
        }
    }
}
