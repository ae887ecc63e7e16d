/// HTTP from a plugin to the outside. Only hosts that its `plugin.json` declares (`outboundHosts`) are reached.
public protocol OutboundHTTP: Sendable {
    /// Sends `request` and reads the answer, at most `OutboundRequest.answerLimitInBytes` of it.
    ///
    /// Redirects are not followed. A name is looked up, its addresses are checked, and one of them is connected to: a
    /// name that leads into a private network needs the operator's grant (`privateHosts` in `manifest.json`).
    /// - Throws: `PortalError.forbidden` (`outbound.host-not-declared`) for a host that isn't declared;
    ///   `PortalError.unavailable` (`outbound.unreachable`, `outbound.timeout`, `outbound.answer-too-large`,
    ///   `outbound.private-address` for a name without that grant) when no whole answer came.
    func send(_ request: OutboundRequest) async throws -> OutboundAnswer
}

/// A request to an outside host.
public struct OutboundRequest: Sendable {
    /// The HTTP method, in upper case.
    public var method: String
    /// `http` or `https`, with host and path.
    public var url: String
    /// Header fields, sent in this order.
    public var headers: [(name: String, value: String)]
    /// The body; empty for none.
    public var body: [UInt8]
    /// From the first byte sent to the last byte read.
    public var timeout: Duration

    /// The most that is read of an answer: 1 MiB.
    public static let answerLimitInBytes = 1 << 20

    /// Makes a request.
    ///
    /// - Parameter timeout: From the first byte sent to the last byte read; 15 s unless given.
    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(15)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// What an outside host answered.
public struct OutboundAnswer: Sendable {
    /// The HTTP status, 100 to 599; 4xx and 5xx are answers, not errors.
    public let status: Int
    /// Header fields in the order they came; names may repeat and come in any case.
    public let headers: [(name: String, value: String)]
    /// The whole body, at most `OutboundRequest.answerLimitInBytes`.
    public let body: [UInt8]

    /// Makes an answer; the host makes them from the wire, tests by hand.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The body as text; bytes that aren't UTF-8 are replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
