import NIOCore
import NIOPosix
import PatchbayHost
import PatchbaySDK

/// Plugins' way out by TCP, each plugin only to its declared hosts.
public final class OutboundNetworkClient: Sendable {
    private let lookup: CheckedLookup

    /// Makes one for the whole portal.
    public convenience init() { self.init(lookup: CheckedLookup()) }

    init(lookup: CheckedLookup) { self.lookup = lookup }

    /// What a plugin gets that declares `hosts`.
    public func network(for hosts: Set<OutboundAddress>) -> any OutboundNetwork {
        DeclaredPeers(hosts: hosts, lookup: lookup)
    }
}

/// One plugin's outbound TCP.
private struct DeclaredPeers: OutboundNetwork {
    let hosts: Set<OutboundAddress>
    let lookup: CheckedLookup

    func connect(
        to host: String, port: Int, security: StreamSecurity, timeout: Duration
    ) async throws -> any ByteStream {
        let declared = try OutboundGuard.check(host: host, port: port, against: hosts)
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        let addresses = try await lookup.addresses(of: declared, within: TimeAmount(timeout))
        let opening = try OutboundOpening(
            host: host, port: port, at: addresses, security: security, timeout: deadline - .now())
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
