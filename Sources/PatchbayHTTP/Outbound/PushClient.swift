import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import PatchbayHost
import PatchbaySDK

/// The way to push services. Their addresses come from browsers, so each is looked up, must be public, and is kept for
/// the connection: a name that leads elsewhere a moment later leads nowhere new.
public struct PushClient: PushService {
    /// From the first byte to the last.
    private static let timeout = TimeAmount.seconds(10)

    /// Finds the addresses of a name; tests have their own.
    let lookUp: CheckedLookup.LookUp

    /// Makes one for the whole portal.
    public init() { self.init(lookUp: AddressLookup.addresses) }

    init(lookUp: @escaping CheckedLookup.LookUp) { self.lookUp = lookUp }

    /// Looks the name up.
    public func check(_ endpoint: PushEndpoint) async throws { _ = try await address(of: endpoint) }

    /// Looks the name up, and keeps to the address found.
    public func open(_ endpoint: PushEndpoint) async throws -> any PushLine {
        let address = try await address(of: endpoint)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5)), decompression: .disabled)
        configuration.httpVersion = .http1Only
        if let address { configuration.dnsOverride = [endpoint.host: address.text] }
        return Line(client: HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
    }

    /// - Returns: where to connect to; `nil` for what the operator has named, which is looked up as usual.
    private func address(of endpoint: PushEndpoint) async throws -> AddressLookup.Address? {
        if endpoint.isNamed { return nil }
        let found = try await lookUp(endpoint.host)
        // One private address among them is one too many: which would be taken is chance.
        guard !found.isEmpty, found.allSatisfy({ PublicAddress.isPublic($0.bytes) }) else {
            throw PushEndpoint.refusal
        }
        return found.first { $0.bytes.count == 4 } ?? found.first
    }

    private struct Line: PushLine {
        let client: HTTPClient

        func post(_ request: PushRequest) async throws -> PushAnswer {
            var outgoing = HTTPClientRequest(url: request.url)
            outgoing.method = .POST
            for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
            outgoing.body = .bytes(ByteBuffer(bytes: request.body))
            let answer = try await client.execute(outgoing, deadline: .now() + PushClient.timeout)
            return PushAnswer(
                status: Int(answer.status.code), retryAfter: answer.headers.first(name: "Retry-After"))
        }

        func close() async {
            // Fails only for one that is closed already.
            try? await client.shutdown()
        }
    }
}
