import NIOCore
import PatchbaySDK
import Synchronization

/// Hands bytes from the channel to one reader, and asks the channel for more only when somebody waits for them.
final class ByteStreamHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias Outcome = Result<[UInt8]?, any Error>
    typealias Continuation = CheckedContinuation<[UInt8]?, any Error>

    /// What tells one read from another.
    final class Waiter: Sendable {}

    /// The most that one read gives.
    static let mostAtOnce = 65_536

    static let broken = PortalError(
        .unavailable(retryAfter: .seconds(5)), id: "outbound.broken", "The connection to the other side broke.")

    fileprivate struct State {
        var buffer = ByteBuffer()
        var waiting: (waiter: Waiter, continuation: Continuation)?
        /// A read that was cancelled before it had begun.
        var cancelled: ObjectIdentifier?
        /// How it ended, once it did: nil for the peer's regular end.
        var ending: PortalError??
    }

    private let state = Mutex(State())

    /// Gives the next bytes to `continuation`, now or later. One read at a time.
    func read(_ waiter: Waiter, of channel: any Channel, _ continuation: Continuation) {
        let outcome: Outcome? = state.withLock { state in
            if state.cancelled == ObjectIdentifier(waiter) {
                state.cancelled = nil
                return .failure(CancellationError())
            }
            precondition(state.waiting == nil, "one task reads at a time")
            if let outcome = state.next() { return outcome }
            state.waiting = (waiter, continuation)
            return nil
        }
        if let outcome { continuation.resume(with: outcome) } else { channel.read() }
    }

    /// Lets a read end with `CancellationError`; the stream stays as it is.
    func cancel(_ waiter: Waiter) {
        let continuation: Continuation? = state.withLock { state in
            guard state.waiting?.waiter === waiter else {
                state.cancelled = ObjectIdentifier(waiter)
                return nil
            }
            defer { state.waiting = nil }
            return state.waiting?.continuation
        }
        continuation?.resume(throwing: CancellationError())
    }

    /// Whether nothing waits to be read, and nobody waits for it.
    var isIdle: Bool { state.withLock { $0.buffer.readableBytes == 0 && $0.waiting == nil && $0.ending == nil } }

    /// Lets who waits get nil: our own side closes.
    func end() { settle { $0.ending = $0.ending ?? .some(nil) } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        state.withLock { _ = $0.buffer.writeBuffer(&part) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        settle { _ in }
        // TLS may have had less than a record; whoever waits still does.
        if state.withLock({ $0.waiting != nil }) { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { end() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        settle { $0.ending = $0.ending ?? .some(Self.broken) }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    /// Changes the state, and gives who waits what there is now.
    private func settle(_ change: (inout State) -> Void) {
        let due: (Continuation, Outcome)? = state.withLock { state in
            change(&state)
            guard let continuation = state.waiting?.continuation, let outcome = state.next() else { return nil }
            state.waiting = nil
            return (continuation, outcome)
        }
        if let (continuation, outcome) = due { continuation.resume(with: outcome) }
    }
}

extension ByteStreamHandler.State {
    /// What a read gets at once: bytes first, then how it ended; nil when there is nothing yet.
    fileprivate mutating func next() -> ByteStreamHandler.Outcome? {
        if buffer.readableBytes > 0 {
            let bytes = buffer.readBytes(length: min(buffer.readableBytes, ByteStreamHandler.mostAtOnce))
            if buffer.readableBytes == 0 { buffer.clear() } else { buffer.discardReadBytes() }
            return .success(bytes)
        }
        guard let ending else { return nil }
        return ending.map { .failure($0) } ?? .success(nil)
    }
}
