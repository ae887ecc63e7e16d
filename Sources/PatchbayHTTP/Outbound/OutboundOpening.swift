import NIOCore
import NIOPosix
import NIOSSL
import PatchbaySDK

/// A connection on its way: TCP, TLS, all within one time limit.
final class OutboundOpening: Sendable {
    private let host: String
    private let port: Int
    private let resolver: FixedAddresses?
    private let timeout: TimeAmount
    private let makeTLS: (@Sendable () throws -> NIOSSLClientHandler)?
    private let loop: any EventLoop
    private let promise: EventLoopPromise<OutboundStream>
    /// Whether the promise is kept already; only touched on the loop.
    private let isDecided: NIOLoopBoundBox<Bool>

    /// - Parameter addresses: Where to connect to; `nil` when `host` is an address itself.
    /// - Throws: `PortalError.unavailable` (`outbound.tls`) when the certificates to trust can't be read.
    init(
        host: String, port: Int, at addresses: [AddressLookup.Address]?, security: StreamSecurity, timeout: TimeAmount
    ) throws {
        self.host = host
        self.port = port
        self.timeout = timeout
        makeTLS =
            if case .tls(let serverName, let authorities) = security {
                try TLSHandshake.maker(serverName: serverName ?? host, authorities: authorities)
            } else { nil }
        loop = MultiThreadedEventLoopGroup.singleton.any()
        promise = loop.makePromise()
        resolver = addresses.map { [loop] in FixedAddresses($0, on: loop) }
        isDecided = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: loop)
    }

    /// Begins; the future holds the stream or a `PortalError`.
    func start() -> EventLoopFuture<OutboundStream> {
        loop.execute { [self] in
            let limit = loop.assumeIsolated().scheduleTask(in: timeout) { [self] in
                giveUp(OutboundFault.tooLate)
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
        ClientBootstrap(group: loop)
            .resolver(resolver)
            .connectTimeout(timeout)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.autoRead, value: false)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: host, port: port)
            .whenComplete { [self] result in
                switch result {
                case .success(let channel): equip(channel)
                case .failure: decide(.failure(OutboundFault.unreachable))
                }
            }
    }

    /// Only the channel that made it gets handlers: those of the addresses that were tried in vain would report failure.
    private func equip(_ channel: any Channel) {
        let bytes = ByteStreamHandler()
        let ready = loop.makePromise(of: Void.self)
        finish(channel, bytes, when: ready.futureResult)
        do {
            guard let makeTLS else {
                try channel.pipeline.syncOperations.addHandler(bytes)
                return ready.succeed()
            }
            try channel.pipeline.syncOperations.addHandlers([makeTLS(), HandshakeWatch(done: ready), bytes])
            // Until the handshake is done nobody asks for bytes, but TLS needs them.
            channel.setOption(.autoRead, value: true).whenFailure { ready.fail($0) }
        } catch {
            ready.fail(error)
        }
    }

    private func finish(_ channel: any Channel, _ bytes: ByteStreamHandler, when ready: EventLoopFuture<Void>) {
        let stream = OutboundStream(channel: channel, bytes: bytes, host: host)
        // Given up while the handshake hangs: nobody will have the stream.
        promise.futureResult.whenFailure { _ in channel.close(promise: nil) }
        ready.flatMap { channel.setOption(.autoRead, value: false) }.whenComplete { [self] result in
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
}

/// Answers with addresses that are known already, whatever is asked; which of them is fastest is NIO's affair.
private final class FixedAddresses: Resolver, Sendable {
    private let addresses: [AddressLookup.Address]
    private let loop: any EventLoop

    init(_ addresses: [AddressLookup.Address], on loop: any EventLoop) {
        self.addresses = addresses
        self.loop = loop
    }

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> { those(of: 4, port) }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> { those(of: 16, port) }

    func cancelQueries() {}

    private func those(of length: Int, _ port: Int) -> EventLoopFuture<[SocketAddress]> {
        let those = addresses.filter { $0.bytes.count == length }
        return loop.makeSucceededFuture(those.compactMap { try? SocketAddress(ipAddress: $0.text, port: port) })
    }
}
