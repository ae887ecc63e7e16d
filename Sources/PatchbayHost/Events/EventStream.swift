import PatchbaySDK
import Synchronization

/// Who reads an event stream.
public struct EventReader: Sendable {
    /// The user whose events they are.
    public let user: UserID
    /// The user's domain; its events for everybody come too.
    public let domain: DomainID
    /// The session or token that let the reader in; when it ends, so does the stream.
    public let session: String

    /// Describes a reader.
    ///
    /// - Parameter session: The session or token that let the reader in.
    public init(user: UserID, domain: DomainID, session: String) {
        self.user = user
        self.domain = domain
        self.session = session
    }
}

/// What one reader gets: the events it has missed, then live ones, heartbeats in between.
///
/// Missed events are read from the log page by page, as fast as the reader takes them. Live ones that aren't fetched in
/// time are kept, at most `mostBytes`; a reader that is slower still is cut. It comes back with the last id that it saw.
public final class EventStream: AsyncSequence, Sendable {
    /// Text of the stream, ready to be written.
    public typealias Element = Frame

    /// The most that waits for one reader: 256 KiB.
    public static let mostBytes = 256 << 10

    /// Part of the log.
    struct Page: Sendable {
        let bytes: [UInt8]
        /// Everything up to there has been looked at.
        let upTo: Int
        /// There was no more when it was read.
        let isLast: Bool
    }

    private struct State {
        var ready: [UInt8]
        /// What the reader has; while it is catching up, what is newer is read from the log.
        var seenUpTo: Int
        var isCatchingUp = true
        /// The newest live event that came while it was catching up.
        var newestOffered = 0
        var isEnded = false
        var waiter: CheckedContinuation<Void, Never>?
        /// Since when the oldest of `ready` waits, or the log is behind.
        var readySince: ContinuousClock.Instant? = .now
        /// Since when the oldest of what the reader is taking just now has waited.
        var takingSince: ContinuousClock.Instant?

        mutating func nextStep() -> Step {
            // Who asks for more has taken what was given before.
            takingSince = nil
            if !ready.isEmpty {
                takingSince = readySince
                readySince = isCatchingUp ? readySince : nil
                defer { ready.removeAll(keepingCapacity: false) }
                return .give(Frame(bytes: ready))
            }
            if isEnded { return .end }
            if !isCatchingUp { readySince = nil }
            return isCatchingUp ? .read(after: seenUpTo) : .wait
        }
    }

    /// What to do for the next frame.
    private enum Step {
        case give(Frame)
        case read(after: Int)
        case wait
        case end
    }

    let reader: EventReader
    private let state: Mutex<State>
    private let page: @Sendable (_ after: Int) async throws -> Page
    private let onEnd: @Sendable () -> Void

    /// - Parameters:
    ///   - opening: What the reader gets first.
    ///   - offset: The newest event that the reader has.
    ///   - page: Reads the log after an offset.
    init(
        reader: EventReader, opening: Frame, after offset: Int,
        page: @escaping @Sendable (_ after: Int) async throws -> Page, onEnd: @escaping @Sendable () -> Void
    ) {
        self.reader = reader
        self.page = page
        self.onEnd = onEnd
        state = Mutex(State(ready: opening.bytes, seenUpTo: offset))
    }

    /// How long the oldest news has waited for the reader to take it; zero when nothing waits.
    var lag: Duration {
        state.withLock { state in
            [state.readySince, state.takingSince].compactMap(\.self).min().map { .now - $0 } ?? .zero
        }
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
            state.isCatchingUp = false
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Hands over a live event.
    func offer(_ frame: Frame, at offset: Int) {
        deliver { state in
            if state.isCatchingUp {
                // The log has it too, and that is where it will be read.
                state.newestOffered = offset
            } else if offset > state.seenUpTo {
                state.ready.append(contentsOf: frame.bytes)
                state.seenUpTo = offset
            }
        }
    }

    /// Hands over something that isn't part of the log.
    func offer(_ frame: Frame) { deliver { $0.ready.append(contentsOf: frame.bytes) } }

    private func deliver(_ change: (inout State) -> Void) {
        let (waiter, isCut): (CheckedContinuation<Void, Never>?, Bool) = state.withLock { state in
            guard !state.isEnded else { return (nil, false) }
            change(&state)
            if state.readySince == nil, !state.ready.isEmpty { state.readySince = .now }
            guard state.ready.count <= Self.mostBytes else {
                state.ready = []
                state.isEnded = true
                return (state.waiter.take(), true)
            }
            return (state.ready.isEmpty ? nil : state.waiter.take(), false)
        }
        waiter?.resume()
        if isCut { onEnd() }
    }

    /// Reads the stream. For one reader only: frames go to whoever asks first.
    public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    /// Asks the stream for frame after frame.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: EventStream

        /// All that is ready, in one frame; waits for more when nothing is; `nil` at the end.
        public func next() async -> Frame? {
            let stream = stream
            return await withTaskCancellationHandler {
                await stream.next()
            } onCancel: {
                stream.cancel()
            }
        }
    }

    private func next() async -> Frame? {
        while true {
            switch state.withLock({ $0.nextStep() }) {
            case .give(let frame): return frame
            case .end: return nil
            case .wait: await wait()
            case .read(let offset):
                do { catchUp(with: try await page(offset)) } catch {
                    // The store can't be read just now: the reader comes back with its id.
                    cancel()
                }
            }
        }
    }

    private func catchUp(with page: Page) {
        state.withLock { state in
            guard state.isCatchingUp else { return }
            state.ready.append(contentsOf: page.bytes)
            state.seenUpTo = page.upTo
            // What has been offered meanwhile is newer than the page; then there is another to read.
            state.isCatchingUp = !page.isLast || state.newestOffered > page.upTo
        }
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.ready.isEmpty || state.isEnded { return true }
                state.waiter = continuation
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
