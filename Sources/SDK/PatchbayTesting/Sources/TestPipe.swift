import PatchbaySDK
import Synchronization

/// One end of a connection within a test's process.
final class TestPipe: ByteStream, Sendable {
    private let incoming: AsyncStream<[UInt8]>
    private let feed: AsyncStream<[UInt8]>.Continuation
    private let other: Mutex<AsyncStream<[UInt8]>.Continuation?>
    /// What was written in one piece but is more than one read gives.
    private let rest = Mutex<[UInt8]>([])
    /// Told when this end asks for TLS.
    private let upgraded = Mutex<(@Sendable (StreamSecurity) -> Void)?>(nil)

    private init() {
        (incoming, feed) = AsyncStream.makeStream()
        other = Mutex(nil)
    }

    deinit {
        feed.finish()
        other.withLock { $0?.finish() }
    }

    /// The two ends of a new connection.
    static func pair() -> (TestPipe, TestPipe) {
        let (first, second) = (TestPipe(), TestPipe())
        first.other.withLock { $0 = second.feed }
        second.other.withLock { $0 = first.feed }
        return (first, second)
    }

    func onUpgrade(_ tell: @escaping @Sendable (StreamSecurity) -> Void) { upgraded.withLock { $0 = tell } }

    /// Nothing is encrypted within a test; that it was asked for is noted.
    func startTLS(serverName: String?, authorities: String?, timeout: Duration) async throws {
        guard rest.withLock({ $0.isEmpty }) else {
            throw PortalError(
                .unavailable(retryAfter: .seconds(10)), id: "outbound.tls",
                "The other side went on in the clear where TLS was to begin; the connection was closed.")
        }
        upgraded.withLock { $0 }?(.tls(serverName: serverName, authorities: authorities))
    }

    func read() async throws -> [UInt8]? {
        if let kept = take() { return kept }
        guard let bytes = await incoming.first(where: { !$0.isEmpty }) else {
            try Task.checkCancellation()
            return nil
        }
        rest.withLock { $0 = bytes }
        return take()
    }

    func write(_ bytes: [UInt8]) async throws {
        let outcome = other.withLock { $0?.yield(bytes) }
        if case .enqueued = outcome { return }
        throw PortalError(
            .unavailable(retryAfter: .seconds(5)), id: "outbound.broken", "The other side has closed the connection.")
    }

    func close() async {
        feed.finish()
        other.withLock { $0?.finish() }
    }

    private func take() -> [UInt8]? {
        rest.withLock { rest in
            guard !rest.isEmpty else { return nil }
            defer { rest.removeFirst(min(rest.count, Self.mostAtOnce)) }
            return Array(rest.prefix(Self.mostAtOnce))
        }
    }

    /// As the protocol promises.
    private static let mostAtOnce = 65_536
}
