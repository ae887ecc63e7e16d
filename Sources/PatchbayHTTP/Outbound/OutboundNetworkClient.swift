import NIOCore
import NIOPosix
import PatchbayHost
import PatchbaySDK

/// Plugins' way out by TCP, each plugin only to its declared hosts.
public final class OutboundNetworkClient: Sendable {
    /// Makes one for the whole portal.
    public init() {}

    /// What a plugin gets that declares `hosts`.
    public func network(for hosts: Set<OutboundAddress>) -> any OutboundNetwork { DeclaredPeers(hosts: hosts) }
}

/// One plugin's outbound TCP.
private struct DeclaredPeers: OutboundNetwork {
    let hosts: Set<OutboundAddress>

    func connect(
        to host: String, port: Int, security: StreamSecurity, timeout: Duration
    ) async throws -> any ByteStream {
        try OutboundGuard.check(host: host, port: port, against: hosts)
        let opening = try OutboundOpening(host: host, port: port, security: security, timeout: TimeAmount(timeout))
        let stream = try await withTaskCancellationHandler {
            try await opening.start().get()
        } onCancel: {
            opening.giveUp(CancellationError())
        }
        // Cancelled just when it had succeeded: the stream closes as nobody keeps it.
        try Task.checkCancellation()
        return stream
    }
}
