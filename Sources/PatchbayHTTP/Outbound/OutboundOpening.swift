import NIOCore
import NIOPosix
import NIOSSL
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
        makeTLS =
            if case .tls(let serverName, let authorities) = security {
                try TLSHandshake.maker(serverName: serverName ?? host, authorities: authorities)
            } else { nil }
        loop = MultiThreadedEventLoopGroup.singleton.any()
        promise = loop.makePromise()
        isDecided = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: loop)
    }

    /// Begins; the future holds the stream or a `PortalError`.
    func start() -> EventLoopFuture<OutboundStream> {
        loop.execute { [self] in
            let limit = loop.assumeIsolated().scheduleTask(in: timeout) { [self] in
                giveUp(TLSHandshake.tooLate)
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
                    decide(.failure(Self.unreachable))
                }
            }
    }

    private func finish(_ channel: any Channel, _ bytes: ByteStreamHandler, when ready: EventLoopFuture<Void>) {
        let stream = OutboundStream(channel: channel, bytes: bytes, host: host)
        // Given up while the handshake hangs: nobody will have the stream.
        promise.futureResult.whenFailure { _ in channel.close(promise: nil) }
        ready.hop(to: loop).flatMap { channel.setOption(.autoRead, value: false) }.whenComplete { [self] result in
            switch result {
            case .success: decide(.success(stream))
            case .failure: decide(.failure(TLSHandshake.failed))
            }
        }
    }

    private func decide(_ outcome: Result<OutboundStream, any Error>) {
        guard !isDecided.value else { return }
        isDecided.value = true
        promise.completeWith(outcome)
    }

    private static let unreachable = PortalError(
        .unavailable(retryAfter: .seconds(10)), id: "outbound.unreachable", "The other side can't be reached.")
}
