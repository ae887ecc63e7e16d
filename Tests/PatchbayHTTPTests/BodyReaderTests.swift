import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import NIOPosix
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite struct BodyReaderTests {
    @Test func bodyThatStopsHalfWayIsRefusedInAWholeAnswer() async throws {
        let answer = try await answer(
            to: ["POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc"], within: .milliseconds(50), until: "slow"
        )

        #expect(answer.hasPrefix("HTTP/1.1 400"))
        #expect(answer.hasSuffix("body.too-slow"))
    }

    @Test(
        "A body is read whole, however it comes",
        arguments: [
            ["POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabcdef"],
            ["POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n", "abc", "def"],
            ["POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "3\r\ndef\r\n0\r\n\r\n"],
        ])
    func bodyIsReadWhole(pieces: [String]) async throws {
        let answer = try await answer(to: pieces, within: .seconds(30), until: "abcdef")

        #expect(answer.hasPrefix("HTTP/1.1 200"))
    }

    @Test func bodyLongerThanTheLimitIsRefused() async throws {
        let chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nabcdefghijk\r\n0\r\n\r\n"
        let announced = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nabcdefghijk"

        for request in [chunked, announced] {
            let answer = try await answer(to: [request], within: .seconds(30), until: "large")
            #expect(answer.hasPrefix("HTTP/1.1 413") && answer.hasSuffix("body.too-large"))
        }
    }

    /// Sends the pieces one after the other to a server that answers with the body it has read, at most 10 bytes.
    private func answer(to pieces: [String], within timeout: Duration, until end: String) async throws -> String {
        let responder = CallbackResponder { (request: Request, context: PortalContext) -> Response in
            let reader = BodyReader(limitInBytes: 10, timeout: timeout)
            do {
                let bytes = try await reader.read(request, on: context.channel)
                return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
            } catch let refusal as PortalError {
                return Response(
                    status: HTTPResponse.Status(code: refusal.status),
                    body: ResponseBody(byteBuffer: ByteBuffer(string: refusal.id)))
            }
        }
        let server = HTTPServerBuilder { OnEventLoop(connection: HTTP1Channel(responder: $0)) }
        return try await Application(responder: responder, server: server).test(.live) { client in
            let port = try #require(client.port)
            let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await connection.executeThenClose { inbound, outbound in
                for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
                var text = ""
                for try await part in inbound {
                    text += String(buffer: part)
                    if text.hasSuffix(end) { break }
                }
                return text
            }
        }
    }
}
