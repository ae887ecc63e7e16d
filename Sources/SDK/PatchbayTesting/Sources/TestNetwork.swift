import PatchbaySDK
import Synchronization

/// The outside world by TCP: each connection that the plugin opens is played by a peer from the test.
public final class TestNetwork: OutboundNetwork, Sendable {
    /// A connection that the plugin asked for.
    public struct Attempt: Sendable, Equatable {
        /// Where to.
        public let host: String
        /// Which port there.
        public let port: Int
        /// How it was to be kept from others.
        public let security: StreamSecurity

        /// Names an attempt, to compare with.
        public init(host: String, port: Int, security: StreamSecurity) {
            self.host = host
            self.port = port
            self.security = security
        }
    }

    /// Plays the peer of one connection until it returns; then the connection is closed.
    public typealias Peer = @Sendable (TestPeer) async throws -> Void

    private struct State {
        var attempts: [Attempt] = []
        var upgrades: [StreamSecurity] = []
        var script: [Peer] = []
        var fallback: Peer?
    }

    private let state = Mutex(State())

    init() {}

    /// Every connection that was asked for, oldest first.
    public var attempts: [Attempt] { state.withLock { $0.attempts } }

    /// What open connections were upgraded to by `startTLS`, oldest first; within a test nothing is encrypted.
    public var upgrades: [StreamSecurity] { state.withLock { $0.upgrades } }

    /// Plays the next connection that has no peer yet.
    public func acceptNext(_ peer: @escaping Peer) { state.withLock { $0.script.append(peer) } }

    /// Plays every connection for which `acceptNext` has laid nothing ready; `nil` lets nobody answer again.
    public func acceptAlways(_ peer: Peer?) { state.withLock { $0.fallback = peer } }

    /// Without a peer the host can't be reached.
    public func connect(
        to host: String, port: Int, security: StreamSecurity, timeout: Duration
    ) async throws -> any ByteStream {
        let peer = state.withLock { state in
            state.attempts.append(Attempt(host: host, port: port, security: security))
            return state.script.isEmpty ? state.fallback : state.script.removeFirst()
        }
        guard let peer else {
            throw PortalError(
                .unavailable(retryAfter: .seconds(5)), id: "outbound.unreachable",
                "Nothing answers at \(host):\(port). (Test: call network.acceptNext first.)")
        }
        let (here, there) = TestPipe.pair()
        here.onUpgrade { [self] security in state.withLock { $0.upgrades.append(security) } }
        // Ends when the peer's script does, or when either side closes and its next read gets nil.
        Task {
            try? await peer(TestPeer(stream: there))
            await there.close()
        }
        return here
    }
}

/// The far end of a connection, as a test plays it.
public struct TestPeer: Sendable {
    /// The bytes as they come.
    public let stream: any ByteStream

    /// Says `text`.
    public func say(_ text: String) async throws { try await stream.write(Array(text.utf8)) }

    /// Reads until what was heard ends in `end`.
    ///
    /// - Returns: what was heard, or what there was before the plugin closed.
    public func hear(until end: String) async throws -> String {
        var heard: [UInt8] = []
        while !heard.ends(with: end.utf8), let bytes = try await stream.read() { heard += bytes }
        return String(decoding: heard, as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate func ends(with end: String.UTF8View) -> Bool { suffix(end.count).elementsEqual(end) }
}
