import Dispatch
import PatchbaySDK
import Synchronization

/// Learns what becomes of the calls of a batch, on the writer's thread.
protocol BatchListener: AnyObject, Sendable {
    /// How far it has got; handed back to `rewind(to:)` when the call that follows fails.
    func mark() -> Int
    /// Forgets what it noted since `mark`.
    func rewind(to mark: Int)
    /// What is noted is on disk now.
    func didCommit()
}

/// Lets concurrent writes share one transaction and one fsync, each still atomic and failing alone.
///
/// While a batch is being written to disk, the calls that arrive make up the next one. A batch runs without savepoints;
/// only when a call fails after it has changed something is the batch rolled back and run anew, each call in a
/// transaction of its own. That is why closures must bear being run twice.
final class GroupCommit: Sendable {
    /// One call of `write`.
    struct Call: Sendable {
        /// Runs the closure and keeps its result for `finish`.
        let run: @Sendable (Database) throws -> Void
        /// Answers the caller: with the result that was kept, or with the error.
        let finish: @Sendable ((any Error)?) -> Void
    }

    /// Calls that may wait; one more is refused, so memory stays bounded.
    static let mostWaiting = 20_000
    /// Calls that share a transaction at most, so that the first of them doesn't wait too long.
    static let mostInBatch = 512

    private struct State {
        var waiting: [Call] = []
        var isDraining = false
        var batches = 0
        var calls = 0
    }

    private let pool: DatabasePool
    private let log: Mutex<WriteAheadLog>
    private let queue = DispatchQueue(label: "patchbay.store.writer")
    private let state = Mutex(State())
    private let listener = Mutex<(any BatchListener)?>(nil)

    init(pool: DatabasePool, log: WriteAheadLog) {
        self.pool = pool
        self.log = Mutex(log)
    }

    func setListener(_ new: any BatchListener) { listener.withLock { $0 = new } }

    /// How many batches and calls were written so far.
    var counts: (batches: Int, calls: Int) { state.withLock { ($0.batches, $0.calls) } }

    func submit(_ call: Call) {
        let mustStart: Bool? = state.withLock { state in
            guard state.waiting.count < Self.mostWaiting else { return nil }
            state.waiting.append(call)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        switch mustStart {
        case nil: call.finish(StoreFault.overloaded)
        case true?: queue.async { self.drain() }
        case false?: break
        }
    }

    /// Runs `body` on the writer's thread, between batches.
    func alone<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [pool] in
                continuation.resume(with: Result { try pool.writeWithoutTransaction(body) })
            }
        }
    }

    private func drain() {
        while true {
            let batch: [Call] = state.withLock { state in
                let batch = Array(state.waiting.prefix(Self.mostInBatch))
                state.waiting.removeFirst(batch.count)
                if batch.isEmpty {
                    state.isDraining = false
                } else {
                    state.batches += 1
                    state.calls += batch.count
                }
                return batch
            }
            if batch.isEmpty { return }
            write(batch)
        }
    }

    private func write(_ batch: [Call]) {
        let listener = listener.withLock { $0 }
        do {
            let errors = try pool.writeWithoutTransaction { db in
                guard log.withLock({ $0.tend(db) }) else { throw StoreFault.logFull }
                return try Self.together(batch, in: db, listener)
            }
            if let errors {
                listener?.didCommit()
                for (call, error) in zip(batch, errors) { call.finish(error) }
            } else {
                for call in batch { oneByOne(call, listener) }
            }
        } catch {
            listener?.rewind(to: 0)
            let explained = StoreFault.explain(error)
            for call in batch { call.finish(explained) }
        }
    }

    /// - Returns: what each call threw, all of the others being committed; `nil` when nothing is, because a call failed
    ///   half way.
    /// - Throws: when SQLite could not begin or commit.
    private static func together(
        _ batch: [Call], in db: Database, _ listener: (any BatchListener)?
    ) throws -> [(any Error)?]? {
        var errors: [(any Error)?] = []
        var isWhole = true
        try db.inTransaction(.immediate) {
            for call in batch {
                let mark = listener?.mark() ?? 0
                let changes = db.totalChangesCount
                do {
                    try call.run(db)
                    errors.append(nil)
                } catch {
                    listener?.rewind(to: mark)
                    errors.append(StoreFault.explain(error))
                    if db.totalChangesCount != changes || !db.isInsideTransaction {
                        isWhole = false
                        return .rollback
                    }
                }
            }
            return .commit
        }
        if !isWhole { listener?.rewind(to: 0) }
        return isWhole ? errors : nil
    }

    private func oneByOne(_ call: Call, _ listener: (any BatchListener)?) {
        do {
            try pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try call.run(db)
                    return .commit
                }
            }
            listener?.didCommit()
            call.finish(nil)
        } catch {
            listener?.rewind(to: 0)
            call.finish(StoreFault.explain(error))
        }
    }
}
