import NIOCore
import NIOSSL
import PatchbaySDK

/// A plugin's connection: what NIO's channel carries, as the SDK promises it.
final class OutboundStream: ByteStream, Sendable {
    private let channel: any Channel
    private let bytes: ByteStreamHandler
    private let host: String

    /// - Parameter host: What was connected to, for the name in the peer's certificate.
    init(channel: any Channel, bytes: ByteStreamHandler, host: String) {
        self.channel = channel
        self.bytes = bytes
        self.host = host
    }

    deinit { channel.close(promise: nil) }

    func read() async throws -> [UInt8]? {
        let waiter = ByteStreamHandler.Waiter()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                bytes.read(waiter, of: channel, continuation)
            }
        } onCancel: {
            bytes.cancel(waiter)
        }
    }

    func write(_ bytes: [UInt8]) async throws {
        do {
            try await withTaskCancellationHandler {
                try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
            } onCancel: {
                // Nobody can say how much the peer has: going on would put halves together.
                channel.close(promise: nil)
            }
        } catch {
            try Task.checkCancellation()
            throw ByteStreamHandler.broken
        }
    }

    func startTLS(serverName: String?, authorities: String?, timeout: Duration) async throws {
        let makeTLS = try TLSHandshake.maker(serverName: serverName ?? host, authorities: authorities)
        do {
            try await withTaskCancellationHandler {
                try await channel.eventLoop.flatSubmit { [channel, bytes] in
                    Self.handshake(on: channel, bytes, makeTLS, within: TimeAmount(timeout))
                }.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            channel.close(promise: nil)
            try Task.checkCancellation()
            throw error as? PortalError ?? TLSHandshake.failed
        }
    }

    /// On the channel's loop: puts TLS before everything else and lets it read until both sides agree.
    private static func handshake(
        on channel: any Channel, _ bytes: ByteStreamHandler, _ makeTLS: TLSHandshake.Maker, within limit: TimeAmount
    ) -> EventLoopFuture<Void> {
        let loop = channel.eventLoop
        guard bytes.isIdle else { return loop.makeFailedFuture(TLSHandshake.earlyBytes) }
        let done = loop.makePromise(of: Void.self)
        let watch = HandshakeWatch(done: done)
        do {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(watch, position: .first)
            try pipeline.addHandler(makeTLS(), position: .first)
        } catch {
            done.fail(error)
        }
        let late = loop.makePromise(of: Void.self)
        let timer = loop.assumeIsolated().scheduleTask(in: limit) { late.fail(OutboundFault.tooLate) }
        done.futureResult.cascade(to: late)
        // The promise is kept once; who comes second is not heard.
        late.futureResult.whenComplete { _ in timer.cancel() }
        return channel.setOption(.autoRead, value: true)
            .flatMap { late.futureResult }
            .flatMap { channel.setOption(.autoRead, value: false) }
    }

    func close() async {
        bytes.end()
        // Fails only for a channel that is closed already.
        try? await channel.close()
    }
}
