import NIOCore
import NIOPosix
import PatchbayHost
import PatchbaySDK

/// Says at which addresses a declared host may be connected to. Whoever connects keeps to them: a name server that
/// answers otherwise a moment later (DNS rebinding) leads nowhere new.
struct CheckedLookup: Sendable {
    typealias LookUp = @Sendable (String) async throws -> [AddressLookup.Address]

    /// Finds the addresses of a name; tests have their own.
    let lookUp: LookUp

    init(_ lookUp: @escaping LookUp = AddressLookup.addresses) { self.lookUp = lookUp }

    /// - Returns: at least one, in the order in which they are to be tried; `nil` for a host that is an address itself,
    ///   as the operator has written it.
    /// - Throws: `PortalError.unavailable` (`outbound.private-address` for a name that leads inside, even in part,
    ///   without being allowed to; `outbound.unreachable`, `outbound.timeout`); `CancellationError`.
    func addresses(of host: OutboundAddress, within limit: TimeAmount) async throws -> [AddressLookup.Address]? {
        // Only the usual way to write an address is one; 0177.0.0.1 and 2130706433 are looked up as names.
        if (try? SocketAddress(ipAddress: host.host, port: 0)) != nil { return nil }
        let found = try await addresses(named: host.host, within: limit)
        guard !found.isEmpty else { throw OutboundFault.unreachable }
        // One among them is one too many: which would be taken is chance.
        if let refused = found.first(where: { !Self.isAllowed($0, for: host) }) {
            throw OutboundFault.leadsInside(host.host, canBeAllowed: PublicAddress.isOfOwnNetwork(refused.bytes))
        }
        return found
    }

    private static func isAllowed(_ address: AddressLookup.Address, for host: OutboundAddress) -> Bool {
        if PublicAddress.isPublic(address.bytes) { return true }
        if host.host == "localhost" || host.host.hasSuffix(".localhost") {
            return PublicAddress.isLoopback(address.bytes)
        }
        return host.mayBePrivate && PublicAddress.isOfOwnNetwork(address.bytes)
    }

    private func addresses(named name: String, within limit: TimeAmount) async throws -> [AddressLookup.Address] {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let found = loop.makePromise(of: [AddressLookup.Address].self)
        let answer = loop.makePromise(of: [AddressLookup.Address].self)
        found.completeWithTask { [lookUp] in try await lookUp(name) }
        found.futureResult.cascade(to: answer)
        // The resolver can't be stopped, so whoever waits for it is; the promise is kept once.
        let timer = loop.scheduleTask(in: limit) { answer.fail(OutboundFault.tooLate) }
        answer.futureResult.whenComplete { _ in timer.cancel() }
        return try await withTaskCancellationHandler {
            try await answer.futureResult.get()
        } onCancel: {
            answer.fail(CancellationError())
        }
    }
}
