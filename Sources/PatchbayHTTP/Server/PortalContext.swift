import HTTPTypes
import Hummingbird
import NIOCore

/// What the server knows of a request besides its bytes.
struct PortalContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address, without port; empty when there is none.
    let peer: String
    /// The connection; of an HTTP/2 connection, the stream.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// Whether the peer is this machine.
    var isLocal: Bool { peer == "::1" || peer.hasPrefix("127.") }

    /// Where the request comes from: the peer, or, when a proxy on this machine hands it on, what the proxy says.
    ///
    /// Only the last entry of `X-Forwarded-For` is the proxy's own; the earlier ones are anybody's claim.
    func client(of request: Request) -> String {
        guard isLocal, let forwarded = request.headers[Self.forwardedFor],
            let last = forwarded.split(separator: ",").last
        else { return peer }
        return String(last.filter { !$0.isWhitespace }.prefix(64))
    }

    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}
