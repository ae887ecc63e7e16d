import Hummingbird
import NIOCore
import PatchbaySDK

/// Reads a request's body within a size and a time.
struct BodyReader: Sendable {
    let limitInBytes: Int
    let timeout: Duration

    /// The body's stream broke: the peer vanished or its chunks are no HTTP. Only the connection can be closed.
    struct Broken: Error {
        let cause: any Error
    }

    /// - Throws: `PortalError.tooLarge` (`body.too-large`), `.invalid` (`body.too-slow`), or `Broken`.
    func read(_ request: Request) async throws -> [UInt8] {
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > limitInBytes {
            throw tooLarge
        }
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await collect(request) }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw PortalError(.invalid, id: "body.too-slow", "The body took longer than \(timeout) to arrive.")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private func collect(_ request: Request) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                guard bytes.count + part.readableBytes <= limitInBytes else { throw tooLarge }
                bytes.append(contentsOf: part.readableBytesView)
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
