/// HTTP from a plugin to the outside. Only hosts that its `plugin.json` declares (`outboundHosts`) are reached.
public protocol OutboundHTTP: Sendable {
    /// Sends `request` and reads the answer, at most `OutboundRequest.answerLimitInBytes` of it.
    ///
    /// Redirects are not followed.
    /// - Throws: `PortalError.forbidden` (`outbound.host-not-declared`) for a host that isn't declared;
    ///   `PortalError.unavailable` (`outbound.unreachable`, `outbound.timeout`, `outbound.answer-too-large`) when no
    ///   whole answer came.
    func send(_ request: OutboundRequest) async throws -> OutboundAnswer
}

/// A request to an outside host.
public struct OutboundRequest: Sendable {
    public var method: String
    /// `http` or `https`, with host and path.
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// From the first byte sent to the last byte read.
    public var timeout: Duration

    /// The most that is read of an answer: 1 MiB.
    public static let answerLimitInBytes = 1 << 20

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
    public let status: Int
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The body as text; bytes that aren't UTF-8 are replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
