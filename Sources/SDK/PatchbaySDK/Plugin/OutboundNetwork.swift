/// Byte streams from a plugin to the outside, over TCP. Only hosts that its `plugin.json` declares (`outboundHosts`) are
/// reached.
public protocol OutboundNetwork: Sendable {
    /// Opens a connection.
    ///
    /// - Parameters:
    ///   - host: A name or an address, as declared; an IPv6 address without brackets.
    ///   - port: As declared: a declaration without a port is of no use here.
    ///   - timeout: For the name's look-up, the connection and the TLS handshake together.
    /// - Throws: `PortalError.forbidden` (`outbound.host-not-declared`) for a host or port that isn't declared;
    ///   `PortalError.unavailable` (`outbound.unreachable`, `outbound.timeout`, `outbound.tls`,
    ///   `outbound.private-address` for a name that leads into a private network ungranted) when there is no connection;
    ///   `CancellationError` when the task is cancelled meanwhile.
    func connect(
        to host: String, port: Int, security: StreamSecurity, timeout: Duration
    ) async throws -> any ByteStream
}

/// How a byte stream is kept from others.
public enum StreamSecurity: Sendable, Equatable {
    /// Not at all: for a peer on the same machine or in a net of its own.
    case plain
    /// By TLS 1.2 or later. The peer's certificate must be valid for `serverName`; for the host when that is `nil`. It
    /// must be signed by one of `authorities`, certificates in PEM; by one that the system trusts when that is `nil`.
    case tls(serverName: String?, authorities: String?)
}

/// A connection that one plugin holds. It is closed at the latest when nobody refers to it any more.
public protocol ByteStream: Sendable {
    /// The next bytes, 1 to 65,536 of them; `nil` once the peer has ended the stream.
    ///
    /// Bytes that nobody reads are left with the peer (back-pressure). One task reads at a time.
    /// - Throws: `PortalError.unavailable` (`outbound.broken`) when the connection broke; `CancellationError` when the
    ///   task is cancelled meanwhile.
    func read() async throws -> [UInt8]?

    /// Writes `bytes` and returns when the system has taken them. Concurrent writes go out one after the other.
    ///
    /// - Throws: `PortalError.unavailable` (`outbound.broken`) when the connection broke.
    func write(_ bytes: [UInt8]) async throws

    /// Goes on by TLS on the open connection, once the peer has agreed in the words of its protocol (STARTTLS, RFC 3207).
    /// Nobody may read or write meanwhile.
    ///
    /// - Parameters:
    ///   - serverName: The name in the peer's certificate; `nil` for the host that was connected to.
    ///   - authorities: As with `StreamSecurity.tls`.
    ///   - timeout: For the handshake.
    /// - Throws: `PortalError.unavailable` (`outbound.tls`, `outbound.timeout`), with the connection closed: also when
    ///   bytes have come already, for they came in the clear and must not pass for what TLS protects;
    ///   `CancellationError` when the task is cancelled meanwhile.
    func startTLS(serverName: String?, authorities: String?, timeout: Duration) async throws

    /// Ends the stream; a read that waits gets `nil`. Closing again does nothing.
    func close() async
}
