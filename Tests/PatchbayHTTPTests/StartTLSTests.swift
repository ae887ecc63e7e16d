import NIOCore
import NIOPosix
import NIOSSL
import PatchbayHost
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

/// A connection that goes on by TLS, against a listener of this machine.
@Suite(.timeLimit(.minutes(5))) struct StartTLSTests {
    private func connect(to port: Int) async throws -> any ByteStream {
        try await OutboundNetworkClient().network(for: [OutboundAddress(host: "127.0.0.1", port: port)])
            .connect(to: "127.0.0.1", port: port, security: .plain, timeout: .seconds(10))
    }

    /// Says `STARTTLS` and reads up to the agreement.
    private func agree(_ stream: any ByteStream) async throws {
        try await stream.write(Array("STARTTLS\r\n".utf8))
        var heard = ""
        while !heard.hasSuffix("go\r\n"), let bytes = try await stream.read() {
            heard += String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test("what follows the agreement is encrypted, both ways", arguments: [nil, "mail.example"] as [String?])
    func goesOnByTLS(_ serverName: String?) async throws {
        let identity = try TestIdentity(names: "DNS:mail.example,IP:127.0.0.1")
        let server = try await Upgrader(identity)
        let stream = try await connect(to: server.port)

        try await agree(stream)
        try await stream.startTLS(
            serverName: serverName, authorities: identity.certificate, timeout: .seconds(10))
        try await stream.write(Array("secret\r\n".utf8))

        var heard = ""
        while !heard.hasSuffix("\r\n"), let bytes = try await stream.read() {
            heard += String(decoding: bytes, as: UTF8.self)
        }
        #expect(heard == "secret\r\n")
        await stream.close()
        try await server.stop()
    }

    @Test(arguments: [("other.example", true), (nil, false)] as [(String?, Bool)])
    func whoCannotProveWhoTheyAreIsRefused(_ serverName: String?, _ isTrusted: Bool) async throws {
        let identity = try TestIdentity(names: "DNS:mail.example")
        let server = try await Upgrader(identity)
        let stream = try await connect(to: server.port)
        try await agree(stream)

        let error = await #expect(throws: PortalError.self) {
            try await stream.startTLS(
                serverName: serverName ?? "mail.example", authorities: isTrusted ? identity.certificate : nil,
                timeout: .seconds(10))
        }

        #expect(error?.id == "outbound.tls")
        await #expect(throws: PortalError.self) { try await stream.write([1]) }
        try await server.stop()
    }

    @Test("bytes that came in the clear don't pass for what TLS protects")
    func earlyBytesAreRefused() async throws {
        let identity = try TestIdentity(names: "DNS:mail.example,IP:127.0.0.1")
        let server = try await Upgrader(identity, says: "go\r\n250 injected\r\n")
        let stream = try await connect(to: server.port)
        try await stream.write(Array("STARTTLS\r\n".utf8))

        let error = await #expect(throws: PortalError.self) {
            try await stream.startTLS(serverName: nil, authorities: identity.certificate, timeout: .seconds(10))
        }

        #expect(error?.id == "outbound.tls")
        try await server.stop()
    }

    @Test func aPeerThatStaysSilentIsNotWaitedForForEver() async throws {
        let silent = try await Listener(.silent)
        let stream = try await connect(to: silent.port)

        let error = await #expect(throws: PortalError.self) {
            try await stream.startTLS(serverName: "mail.example", authorities: nil, timeout: .milliseconds(200))
        }

        #expect(error?.id == "outbound.timeout")
        try await silent.stop()
    }
}

/// Agrees to TLS when asked, in the clear, and then gives back what it hears.
private final class Upgrader: Sendable {
    private let channel: any Channel

    init(_ identity: TestIdentity, says agreement: String = "go\r\n") async throws {
        let tls = try NIOSSLContext(configuration: identity.configuration)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Manner(tls, agreement))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    func stop() async throws { try await channel.close() }

    private final class Manner: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let tls: NIOSSLContext
        private let agreement: String
        private var isUpgraded = false

        init(_ tls: NIOSSLContext, _ agreement: String) {
            self.tls = tls
            self.agreement = agreement
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !isUpgraded else { return context.writeAndFlush(data, promise: nil) }
            isUpgraded = true
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: agreement)), promise: nil)
            do {
                try context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
            } catch {
                context.close(promise: nil)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
