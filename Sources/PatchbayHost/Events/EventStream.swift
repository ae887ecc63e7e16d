import PatchbaySDK
import Synchronization

/// Who reads an event stream.
public struct EventReader: Sendable {
    public let user: UserID
    public let domain: DomainID
    /// The session or token that let the reader in; when it ends, so does the stream.
    public let session: String

    public init(user: UserID, domain: DomainID, session: String) {
        self.user = user
        self.domain = domain
        self.session = session
    }
}

/// What one reader gets: replayed events first, then live ones, heartbeats in between.
///
/// What isn't fetched in time is kept, at most `mostBytes`; a reader that is slower still is cut. It comes back with the
/// last id that it saw, and the log fills the gap.
public final class EventStream: AsyncSequence, Sendable {
    public typealias Element = Frame

    /// The most that waits for one reader: 256 KiB.
    public static let mostBytes = 256 << 10

    private struct State {
        var ready: [UInt8] = []
        /// Live frames that came while older ones are still being read from the store.
        var held: [(offset: Int, frame: Frame)]? = []
        /// What has been replayed; the same event may still arrive live.
        var replayedUpTo = 0
        var isEnded = false
        var waiter: CheckedContinuation<Frame?, Never>?
    }

    let reader: EventReader
    private let state = Mutex(State())
    private let onEnd: @Sendable () -> Void

    init(reader: EventReader, onEnd: @escaping @Sendable () -> Void) {
        self.reader = reader
        self.onEnd = onEnd
    }

    /// Ends the stream from the reader's side.
    public func cancel() {
        end()
        onEnd()
    }

    /// Ends the stream: `next()` gives what is ready, then `nil`.
    func end() {
        let waiter = state.withLock { state in
            state.isEnded = true
            state.held = nil
            return state.waiter.take()
        }
        waiter?.resume(returning: nil)
    }

    /// Hands over a live event.
    func offer(_ frame: Frame, at offset: Int) {
        deliver { state in
            if state.held != nil {
                state.held?.append((offset, frame))
            } else if offset > state.replayedUpTo {
                state.ready.append(contentsOf: frame.bytes)
            }
        }
    }

    /// Hands over something that isn't part of the log.
    func offer(_ frame: Frame) { deliver { $0.ready.append(contentsOf: frame.bytes) } }

    /// Ends the replay: `replayed` first, then what has come live after `offset`.
    func finishReplay(_ replayed: [Frame], upTo offset: Int) {
        deliver { state in
            let live = state.held ?? []
            state.held = nil
            state.replayedUpTo = offset
            for frame in replayed { state.ready.append(contentsOf: frame.bytes) }
            for (at, frame) in live where at > offset { state.ready.append(contentsOf: frame.bytes) }
        }
    }

    private func deliver(_ change: (inout State) -> Void) {
        let (waiter, frame, isCut): (CheckedContinuation<Frame?, Never>?, Frame?, Bool) = state.withLock { state in
            guard !state.isEnded else { return (nil, nil, false) }
            change(&state)
            let isTooSlow = state.ready.count > Self.mostBytes || (state.held?.count ?? 0) > 4096
            if isTooSlow, state.waiter == nil {
                state = State(held: nil, isEnded: true)
                return (nil, nil, true)
            }
            guard !state.ready.isEmpty, let waiter = state.waiter.take() else { return (nil, nil, false) }
            let frame = Frame(bytes: state.ready)
            state.ready.removeAll(keepingCapacity: false)
            return (waiter, frame, false)
        }
        waiter?.resume(returning: frame)
        if isCut { onEnd() }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    public struct Iterator: AsyncIteratorProtocol {
        let stream: EventStream

        /// All that is ready, in one frame; waits for more when nothing is; `nil` at the end.
        public func next() async -> Frame? {
            let stream = stream
            return await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in stream.wait(continuation) }
            } onCancel: {
                stream.cancel()
            }
        }
    }

    private func wait(_ continuation: CheckedContinuation<Frame?, Never>) {
        let answer: Frame?? = state.withLock { state in
            if !state.ready.isEmpty {
                defer { state.ready.removeAll(keepingCapacity: false) }
                return .some(Frame(bytes: state.ready))
            }
            if state.isEnded { return .some(nil) }
            state.waiter = continuation
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }
}
