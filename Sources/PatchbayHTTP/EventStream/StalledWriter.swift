import NIOCore
import Synchronization

/// Keeps an event stream from costing much when its client doesn't read: the kernel holds little for it, and a
/// connection that takes nothing for a while is closed. The client comes back with its last id and misses nothing.
final class StalledWriter: Sendable {
    /// What the kernel may hold for one client, before the stream's own 256 KiB; the kernel doubles it.
    private static let sendBufferInBytes: ChannelOptions.Types.SocketOption.Value = 64 << 10
    private static let patience = TimeAmount.seconds(30)

    private struct State {
        var writingSince: NIODeadline?
        var check: RepeatedTask?
    }

    private let channel: any Channel
    private let state = Mutex(State())

    init(_ channel: any Channel) { self.channel = channel }

    func start() {
        // A stream of HTTP/2 (its parent is the connection, whose parent is the listener) shares its connection with
        // others and has no socket of its own to make small.
        if let parent = channel.parent, parent.parent == nil {
            channel.setOption(.socketOption(.so_sndbuf), value: Self.sendBufferInBytes).whenComplete { _ in }
        }
        let check = channel.eventLoop.scheduleRepeatedTask(
            initialDelay: Self.patience, delay: Self.patience
        ) { [weak self] _ in
            self?.closeIfStalled()
        }
        state.withLock { $0.check = check }
    }

    func stop() { state.withLock { $0.check.take() }?.cancel() }

    func writeBegins() { state.withLock { $0.writingSince = channel.eventLoop.now } }

    func writeEnds() { state.withLock { $0.writingSince = nil } }

    private func closeIfStalled() {
        guard let since = state.withLock({ $0.writingSince }), since + Self.patience <= channel.eventLoop.now else {
            return
        }
        channel.close(promise: nil)
    }
}
