import NIOCore
import NIOSSL
import NIOTLS
import PatchbaySDK

/// How a connection to the outside becomes one by TLS, at its opening or later.
enum TLSHandshake {
    /// Makes the handler of one connection.
    typealias Maker = @Sendable () throws -> NIOSSLClientHandler

    /// - Parameters:
    ///   - serverName: A name, or an address for which the peer's certificate must then be valid.
    ///   - authorities: Certificates in PEM; `nil` for those that the system trusts.
    /// - Throws: `PortalError.unavailable` (`outbound.tls`) when the certificates to trust can't be read.
    static func maker(serverName: String, authorities: String?) throws -> Maker {
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            if let authorities {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authorities.utf8)))
            }
            let context = try NIOSSLContext(configuration: configuration)
            // An address can't be asked for by name; the certificate must then be valid for the peer's address.
            let isAddress = (try? SocketAddress(ipAddress: serverName, port: 0)) != nil
            return { try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : serverName) }
        } catch {
            throw failure("outbound.tls", "The certificates to trust can't be read; they must be PEM.")
        }
    }

    static let failed = failure(
        "outbound.tls", "The other side's identity can't be verified by TLS, or it doesn't speak TLS.")
    static let earlyBytes = failure(
        "outbound.tls", "The other side went on in the clear where TLS was to begin; the connection was closed.")

    private static func failure(_ id: String, _ message: String) -> PortalError {
        PortalError(.unavailable(retryAfter: .seconds(10)), id: id, message)
    }
}

/// Tells when TLS is established, or that it can't be.
final class HandshakeWatch: ChannelInboundHandler {
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
