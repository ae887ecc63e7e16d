import NIOCore
import PatchbaySDK

/// A plugin's connection: what NIO's channel carries, as the SDK promises it.
final class OutboundStream: ByteStream, Sendable {
    private let channel: any Channel
    private let bytes: ByteStreamHandler

    init(channel: any Channel, bytes: ByteStreamHandler) {
        self.channel = channel
        self.bytes = bytes
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

    func close() async {
        bytes.end()
        // Fails only for a channel that is closed already.
        try? await channel.close()
    }
}
