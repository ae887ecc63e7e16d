import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import PatchbayHost
import PatchbaySDK

/// Plugins' way out by HTTP: one pool of connections for all, each plugin only to its declared hosts.
public final class OutboundClient: Sendable {
    private let client: HTTPClient
    private let slots: OutboundSlots

    /// - Parameter mostAtATime: Requests under way for all plugins together; further ones wait.
    public init(mostAtATime: Int = 64) {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)), decompression: .disabled)
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        slots = OutboundSlots(count: mostAtATime)
    }

    /// What a plugin gets that declares `hosts`.
    public func http(for hosts: Set<OutboundAddress>) -> any OutboundHTTP {
        DeclaredHosts(hosts: hosts, client: client, slots: slots)
    }

    /// Closes all connections. No request may follow.
    public func shutdown() async throws { try await client.shutdown() }

    /// Where something failed before `shutdown()` could be called; a second shutdown does nothing.
    deinit { client.shutdown { _ in } }
}

/// One plugin's outbound HTTP.
private struct DeclaredHosts: OutboundHTTP {
    let hosts: Set<OutboundAddress>
    let client: HTTPClient
    let slots: OutboundSlots

    func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        try OutboundGuard.check(request.url, against: hosts)
        return try await slots.with { try await exchange(request) }
    }

    private func exchange(_ request: OutboundRequest) async throws -> OutboundAnswer {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        do {
            let answer = try await client.execute(outgoing, deadline: deadline)
            let body = try await Self.body(of: answer, until: deadline)
            return OutboundAnswer(
                status: Int(answer.status.code), headers: answer.headers.map { ($0.name, $0.value) },
                body: Array(body.readableBytesView))
        } catch let cancelled as CancellationError {
            throw cancelled
        } catch is NIOTooManyBytesError {
            throw Self.unavailable("outbound.answer-too-large", "The other side's answer is too large.")
        } catch let error as HTTPClientError where Self.timeouts.contains(error) {
            throw Self.unavailable("outbound.timeout", "The other side didn't answer in time.")
        } catch {
            throw Self.unavailable("outbound.unreachable", "The other side can't be reached.")
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

    private static func unavailable(_ id: String, _ message: String) -> PortalError {
        PortalError(.unavailable(retryAfter: .seconds(10)), id: id, message)
    }
}
