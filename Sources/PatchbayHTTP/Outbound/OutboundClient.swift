import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import PatchbayHost
import PatchbaySDK

/// Plugins' way out by HTTP: one pool of connections for all, each plugin only to its declared hosts.
public final class OutboundClient: Sendable {
    private let clients: PinnedClients
    private let slots: OutboundSlots

    /// - Parameter mostAtATime: Requests under way for all plugins together; further ones wait.
    public convenience init(mostAtATime: Int = 64) { self.init(mostAtATime: mostAtATime, lookup: CheckedLookup()) }

    /// - Parameter keeping: How long an answer of the name server is good for.
    init(mostAtATime: Int = 64, lookup: CheckedLookup, keeping: TimeAmount = .seconds(30)) {
        clients = PinnedClients(lookup, keeping: keeping)
        slots = OutboundSlots(count: mostAtATime)
    }

    /// What a plugin gets that declares `hosts`.
    public func http(for hosts: Set<OutboundAddress>) -> any OutboundHTTP {
        DeclaredHosts(hosts: hosts, clients: clients, slots: slots)
    }

    /// Closes all connections. No request may follow.
    public func shutdown() async throws { try await clients.shutdown() }
}

/// One plugin's outbound HTTP.
private struct DeclaredHosts: OutboundHTTP {
    let hosts: Set<OutboundAddress>
    let clients: PinnedClients
    let slots: OutboundSlots

    func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        let (host, url) = try OutboundGuard.check(request.url, against: hosts)
        var outgoing = HTTPClientRequest(url: url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        return try await slots.with { [outgoing] in try await exchange(outgoing, with: host, within: request.timeout) }
    }

    private func exchange(
        _ request: HTTPClientRequest, with host: OutboundAddress, within timeout: Duration
    ) async throws -> OutboundAnswer {
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        do {
            return try await clients.with(host, until: deadline) { client in
                let answer = try await client.execute(request, deadline: deadline)
                let body = try await Self.body(of: answer, until: deadline)
                return OutboundAnswer(
                    status: Int(answer.status.code), headers: answer.headers.map { ($0.name, $0.value) },
                    body: Array(body.readableBytesView))
            }
        } catch let cancelled as CancellationError {
            throw cancelled
        } catch let known as PortalError {
            throw known
        } catch is NIOTooManyBytesError {
            throw OutboundFault.tooLarge
        } catch let error as HTTPClientError where Self.timeouts.contains(error) {
            throw OutboundFault.tooLate
        } catch {
            throw OutboundFault.unreachable
        }
    }

    /// The client's own deadline ends with the head of the answer; a body that stalls would hold its slot for ever.
    private static func body(of answer: HTTPClientResponse, until deadline: NIODeadline) async throws -> ByteBuffer {
        try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            group.addTask { try await answer.body.collect(upTo: OutboundRequest.answerLimitInBytes) }
            group.addTask {
                try await Task.sleep(for: .nanoseconds(max(0, (deadline - .now()).nanoseconds)))
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ByteBuffer()
        }
    }

    private static let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .readTimeout, .writeTimeout, .connectTimeout, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout,
    ]
}
