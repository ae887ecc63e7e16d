import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TCP peer of this machine on a port of its own, well or badly behaved.
final class Listener: Sendable {
    /// What it does with every connection.
    enum Manner: Sendable {
        case echo, silent, resetting
        /// Says goodbye, ends its half, and goes on listening.
        case halfClosing
        case greeting(String)
        /// Writes so much as fast as it is taken, then ends.
        case pouring(bytes: Int)
    }

    private let channel: any Channel
    private let record: Record

    /// What the connections have heard, and how much they poured.
    final class Record: Sendable {
        let heard = Mutex("")
        let poured = Mutex(0)
        let connections = Mutex(0)
    }

    init(_ manner: Manner, identity: TestIdentity? = nil) async throws {
        let record = Record()
        self.record = record
        let tls = try identity.map { try NIOSSLContext(configuration: $0.configuration) }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Behaviour(manner, record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var poured: Int { record.poured.withLock { $0 } }

    func stop() async throws { try await channel.close() }

    /// Waits until somebody has connected.
    func accepted() async { while record.connections.withLock({ $0 }) == 0 { await Task.yield() } }

    /// Waits until what was heard ends in `end`.
    func heard(until end: String) async throws -> String {
        while true {
            let text = record.heard.withLock { $0 }
            if text.hasSuffix(end) { return text }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

private final class Behaviour: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let manner: Listener.Manner
    private let record: Listener.Record
    private var rest = 0

    init(_ manner: Listener.Manner, _ record: Listener.Record) {
        self.manner = manner
        self.record = record
    }

    func channelActive(context: ChannelHandlerContext) {
        record.connections.withLock { $0 += 1 }
        switch manner {
        case .echo, .silent, .resetting: break
        case .greeting(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .halfClosing:
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "goodbye")), promise: nil)
            context.close(mode: .output, promise: nil)
        case .pouring(let bytes):
            rest = bytes
            pour(context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let text = String(buffer: unwrapInboundIn(data))
        record.heard.withLock { $0 += text }
        switch manner {
        case .echo: context.writeAndFlush(data, promise: nil)
        case .resetting:
            // Closing with SO_LINGER 0 sends a reset instead of an end.
            let channel = context.channel
            guard let options = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
            options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
        default: break
        }
    }

    private func pour(_ context: ChannelHandlerContext) {
        guard rest > 0 else { return context.close(mode: .output, promise: nil) }
        let some = min(rest, 1 << 18)
        rest -= some
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: 0x78, count: some))).whenSuccess {
            let (handler, context) = bound.value
            handler.record.poured.withLock { $0 += some }
            handler.pour(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// A certificate that nobody else has signed, made for one test.
struct TestIdentity: Sendable {
    /// In PEM.
    let certificate: String
    private let key: String

    struct NoOpenSSL: Error {}

    /// - Parameter names: What it is valid for, such as `DNS:pbx.example,IP:127.0.0.1`.
    init(names: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = (key: folder.appending(path: "key.pem").path, certificate: folder.appending(path: "cert.pem").path)
        guard
            Command.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", "/CN=pbx.example", "-addext", "subjectAltName=\(names)", "-keyout", files.key,
                "-out", files.certificate,
            ]) == 0
        else { throw NoOpenSSL() }
        certificate = try String(contentsOf: folder.appending(path: "cert.pem"), encoding: .utf8)
        key = try String(contentsOf: folder.appending(path: "key.pem"), encoding: .utf8)
    }

    /// How a server shows it.
    var configuration: TLSConfiguration {
        get throws {
            TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
        }
    }
}
