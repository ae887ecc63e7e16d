import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import PatchbayHost
import Synchronization

/// HTTP clients that each reach one host at one address that was checked, with the host's name in `Host` and in TLS.
final class PinnedClients: Sendable {
    /// Closes its connections when nobody uses it any more, a request that goes on included.
    final class Pinned: Sendable {
        let client: HTTPClient
        fileprivate let address: AddressLookup.Address?

        fileprivate init(_ host: String, _ address: AddressLookup.Address?, isOnly: Bool) {
            var configuration = HTTPClient.Configuration(
                redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)), decompression: .disabled)
            configuration.httpVersion = .http1Only
            if let address { configuration.dnsOverride = [host: address.text] }
            // With another address to try, it isn't tried again at this one.
            configuration.connectionPool.retryConnectionEstablishment = isOnly
            client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            self.address = address
        }

        // A second shutdown does nothing.
        deinit { client.shutdown { _ in } }
    }

    private struct Route {
        var clients: [Pinned]
        let until: NIODeadline
    }

    /// For hosts that are addresses themselves.
    private let direct = Pinned("", nil, isOnly: true)
    private let lookup: CheckedLookup
    private let keeping: TimeAmount
    private let routes = Mutex<[OutboundAddress: Route]>([:])

    /// - Parameter keeping: How long an answer of the name server is good for, as nobody says how long it is.
    init(_ lookup: CheckedLookup, keeping: TimeAmount) {
        self.lookup = lookup
        self.keeping = keeping
    }

    /// Lets `body` ask at the host's addresses, one after the other, until one takes the connection.
    func with<Answer: Sendable>(
        _ host: OutboundAddress, until deadline: NIODeadline, _ body: (HTTPClient) async throws -> Answer
    ) async throws -> Answer {
        var left = try await clients(of: host, until: deadline)
        while true {
            let pinned = left.removeFirst()
            do { return try await body(pinned.client) } catch  where Self.isWithoutConnection(error) {
                if left.isEmpty {
                    forget(host)
                    throw error
                }
                putLast(pinned, of: host)
            }
        }
    }

    func shutdown() async throws {
        let all = routes.withLock { $0.values.flatMap(\.clients) } + [direct]
        for pinned in all { try await pinned.client.shutdown() }
    }

    private func clients(of host: OutboundAddress, until deadline: NIODeadline) async throws -> [Pinned] {
        let known = routes.withLock { $0[host] }
        if let known, known.until > .now() { return known.clients }
        guard let addresses = try await lookup.addresses(of: host, within: deadline - .now()) else { return [direct] }
        var clients = known?.clients ?? []
        // The same addresses in another order are no news, and connections that stand are worth keeping.
        if Set(clients.compactMap(\.address)) != Set(addresses) {
            clients = addresses.map { Pinned(host.host, $0, isOnly: addresses.count == 1) }
        }
        routes.withLock { [clients] in $0[host] = Route(clients: clients, until: .now() + keeping) }
        return clients
    }

    /// The next request asks anew where the host is.
    private func forget(_ host: OutboundAddress) { routes.withLock { $0[host] = nil } }

    /// The next request begins with another address.
    private func putLast(_ pinned: Pinned, of host: OutboundAddress) {
        routes.withLock { routes in
            guard let index = routes[host]?.clients.firstIndex(where: { $0 === pinned }) else { return }
            routes[host]?.clients.remove(at: index)
            routes[host]?.clients.append(pinned)
        }
    }

    /// Whether nothing was sent, so that it may be sent elsewhere.
    private static func isWithoutConnection(_ error: any Error) -> Bool {
        switch error {
        case let error as IOError:
            [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT].contains(error.errnoCode)
        case let error as HTTPClientError: error == .connectTimeout
        default: error is NIOConnectionError
        }
    }
}
