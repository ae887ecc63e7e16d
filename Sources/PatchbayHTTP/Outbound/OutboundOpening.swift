import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import PatchbaySDK

/// A connection on its way: name look-up, TCP, TLS, all within one time limit.
final class OutboundOpening: Sendable {
    private let host: String
    private let port: Int
    private let timeout: TimeAmount
    private let makeTLS: (@Sendable () throws -> NIOSSLClientHandler)?
    private let loop: any EventLoop
    private let promise: EventLoopPromise<OutboundStream>
    /// Whether the promise is kept already; only touched on the loop.
    private let isDecided: NIOLoopBoundBox<Bool>

    /// - Throws: `PortalError.unavailable` (`outbound.tls`) when the certificates to trust can't be read.
    init(host: String, port: Int, security: StreamSecurity, timeout: TimeAmount) throws {
        self.host = host
        self.port = port
        self.timeout = timeout
        makeTLS = try Self.tls(security, host: host)
        loop = MultiThreadedEventLoopGroup.singleton.any()
        promise = loop.makePromise()
        isDecided = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: loop)
    }

    /// Begins; the future holds the stream or a `PortalError`.
    func start() -> EventLoopFuture<OutboundStream> {
        loop.execute { [self] in
            let limit = loop.assumeIsolated().scheduleTask(in: timeout) { [self] in
                giveUp(Self.failure("outbound.timeout", "The other side didn't answer in time."))
            }
            promise.futureResult.whenComplete { _ in limit.cancel() }
            connect()
        }
        return promise.futureResult
    }

    /// Ends the opening, unless it is over already. What opens after all is closed at once.
    func giveUp(_ error: any Error) {
        loop.execute { [self] in decide(.failure(error)) }
    }

    private func connect() {
        let bytes = ByteStreamHandler()
        let ready = loop.makePromise(of: Void.self)
        ClientBootstrap(group: loop)
            .connectTimeout(timeout)
            .channelOption(.allowRemoteHalfClosure, value: true)
            // Until the handshake is done nobody asks for bytes, but TLS needs them.
            .channelOption(.autoRead, value: makeTLS != nil)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { [makeTLS] channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let makeTLS else { return try channel.pipeline.syncOperations.addHandler(bytes) }
                    try channel.pipeline.syncOperations.addHandlers([
                        makeTLS(), HandshakeWatch(done: ready), bytes,
                    ])
                }
            }
            .connect(host: host, port: port)
            .whenComplete { [self] result in
                switch result {
                case .success(let channel):
                    if makeTLS == nil { ready.succeed() }
                    finish(channel, bytes, when: ready.futureResult)
                case .failure:
                    ready.fail(ChannelError.inputClosed)
                    decide(.failure(Self.failure("outbound.unreachable", "The other side can't be reached.")))
                }
            }
    }

    private func finish(_ channel: any Channel, _ bytes: ByteStreamHandler, when ready: EventLoopFuture<Void>) {
        let stream = OutboundStream(channel: channel, bytes: bytes)
        // Given up while the handshake hangs: nobody will have the stream.
        promise.futureResult.whenFailure { _ in channel.close(promise: nil) }
        ready.hop(to: loop).flatMap { channel.setOption(.autoRead, value: false) }.whenComplete { [self] result in
            switch result {
            case .success: decide(.success(stream))
            case .failure:
                decide(
                    .failure(
                        Self.failure(
                            "outbound.tls",
                            "The other side's identity can't be verified by TLS, or it doesn't speak TLS.")))
            }
        }
    }

    private func decide(_ outcome: Result<OutboundStream, any Error>) {
        guard !isDecided.value else { return }
        isDecided.value = true
        promise.completeWith(outcome)
    }

    private static func tls(
        _ security: StreamSecurity, host: String
    ) throws -> (@Sendable () throws -> NIOSSLClientHandler)? {
        guard case .tls(let serverName, let authorities) = security else { return nil }
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            if let authorities {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authorities.utf8)))
            }
            let context = try NIOSSLContext(configuration: configuration)
            let name = serverName ?? host
            // An address can't be asked for by name; the certificate must then be valid for the peer's address.
            let isAddress = (try? SocketAddress(ipAddress: name, port: 0)) != nil
            return { try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : name) }
        } catch {
            throw failure("outbound.tls", "The certificates to trust can't be read; they must be PEM.")
        }
    }

    private static func failure(_ id: String, _ message: String) -> PortalError {
        PortalError(.unavailable(retryAfter: .seconds(10)), id: id, message)
    }
}

/// Tells when TLS is established, or that it can't be.
private final class HandshakeWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let done: EventLoopPromise<Void>
    private var isOver = false

    init(done: EventLoopPromise<Void>) { self.done = done }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { settle(.success(())) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        settle(.failure(error))
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        settle(.failure(ChannelError.inputClosed))
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { settle(.failure(ChannelError.inputClosed)) }

    private func settle(_ outcome: Result<Void, any Error>) {
        guard !isOver else { return }
        isOver = true
        done.completeWith(outcome)
    }
}
