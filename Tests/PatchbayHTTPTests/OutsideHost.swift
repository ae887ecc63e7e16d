import NIOCore
import NIOPosix
import Synchronization

/// A host outside, played on this machine: it does the same on every connection once it has a request's header.
final class OutsideHost: Sendable {
    enum Behaviour: Sendable {
        case says(String)
        case saysBytes(head: String, count: Int)
        case isSilent
        case hangsUp
    }

    private let channel: any Channel
    private let seen: Seen

    /// What it was asked: the headers and what came with them.
    private final class Seen: Sendable {
        let requests = Mutex<[String]>([])
        let connections = Mutex(0)
    }

    init(_ behaviour: Behaviour) async throws {
        let seen = Seen()
        self.seen = seen
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                seen.connections.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Answers(behaviour) { text in
                            seen.requests.withLock { $0.append(text) }
                        })
                }
            }.bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    /// How often it was connected to, asked or not.
    var connections: Int { seen.connections.withLock { $0 } }
    var requests: [String] { seen.requests.withLock { $0 } }

    func close() async throws { try await channel.close() }

    private final class Answers: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour
        private let note: @Sendable (String) -> Void
        private var text = ""

        init(_ behaviour: Behaviour, note: @escaping @Sendable (String) -> Void) {
            self.behaviour = behaviour
            self.note = note
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard text.contains("\r\n\r\n") else { return }
            note(text)
            text = ""
            switch behaviour {
            case .says(let answer): write(ByteBuffer(string: answer), context)
            case .saysBytes(let head, let count):
                write(ByteBuffer(string: head), context)
                write(ByteBuffer(repeating: UInt8(ascii: "x"), count: count), context)
            case .isSilent: break
            case .hangsUp: context.close(promise: nil)
            }
        }

        private func write(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        }
    }
}
