import Hummingbird
import NIOCore
import PatchbaySDK
import Synchronization

/// Reads a request's body within a size and a time.
struct BodyReader: Sendable {
    let limitInBytes: Int
    let timeout: Duration

    /// The body's stream broke: the peer vanished or its chunks are no HTTP. Only the connection can be closed.
    struct Broken: Error {
        let cause: any Error
    }

    /// - Parameter channel: The request's connection; of HTTP/2, its stream.
    /// - Throws: `PortalError.tooLarge` (`body.too-large`), `.invalid` (`body.too-slow`), or `Broken`.
    func read(_ request: Request, on channel: any Channel) async throws -> [UInt8] {
        let announced = request.headers[.contentLength].flatMap(Int.init)
        if let announced, announced > limitInBytes { throw tooLarge }
        let deadline = Deadline(channel)
        // On the connection's own loop, so that it costs less than a task that sleeps.
        let end = channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) { deadline.pass() }
        defer { end.cancel() }
        do {
            let bytes = try await collect(request, announced)
            if !deadline.hasPassed { return bytes }
        } catch let broken as Broken {
            guard deadline.hasPassed else { throw broken }
        }
        throw PortalError(.invalid, id: "body.too-slow", "The body took longer than \(timeout) to arrive.")
    }

    /// When it passes, the rest of the body is not read; an answer can still be written.
    private final class Deadline: Sendable {
        private let channel: any Channel
        private let state = Mutex(false)

        init(_ channel: any Channel) { self.channel = channel }

        var hasPassed: Bool { state.withLock { $0 } }

        func pass() {
            state.withLock { $0 = true }
            channel.close(mode: .input).whenFailure { [channel] _ in channel.close(promise: nil) }
        }
    }

    private func collect(_ request: Request, _ announced: Int?) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        // What is announced may never come, so little is set aside for it.
        bytes.reserveCapacity(min(announced ?? 0, 16 << 10))
        do {
            for try await part in request.body {
                guard bytes.count + part.readableBytes <= limitInBytes else { throw tooLarge }
                bytes.append(contentsOf: part.readableBytesView)
                // There is only the end to come, and the server waits for it anyway.
                if bytes.count == announced { return bytes }
            }
        } catch let refusal as PortalError {
            throw refusal
        } catch {
            throw Broken(cause: error)
        }
        return bytes
    }

    private var tooLarge: PortalError {
        PortalError(
            .tooLarge, id: "body.too-large", "The body is larger than \(limitInBytes) bytes.",
            details: ["limitInBytes": String(limitInBytes)])
    }
}
