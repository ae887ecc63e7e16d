import NIOCore
import NIOPosix
import PatchbayHost
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

/// A plugin's TCP against real listeners of this machine.
@Suite(.timeLimit(.minutes(5))) struct OutboundNetworkTests {
    private func network(to port: Int, host: String = "127.0.0.1") -> any OutboundNetwork {
        OutboundNetworkClient().network(for: [OutboundAddress(host: host, port: port)])
    }

    private func connect(
        to port: Int, security: StreamSecurity = .plain, timeout: Duration = .seconds(10)
    ) async throws -> any ByteStream {
        try await network(to: port).connect(to: "127.0.0.1", port: port, security: security, timeout: timeout)
    }

    @Test func whatIsSaidComesBack() async throws {
        let listener = try await Listener(.echo)
        let stream = try await connect(to: listener.port)

        try await stream.write(Array("Hello, ".utf8))
        try await stream.write(Array("PBX\r\n".utf8))

        #expect(try await stream.text(until: "\r\n") == "Hello, PBX\r\n")
        await stream.close()
        await stream.close()
        #expect(try await stream.read() == nil)
        await #expect(throws: PortalError.self) { try await stream.write([1]) }
        try await listener.stop()
    }

    @Test("only what plugin.json declares is reached, with its port")
    func undeclaredHostsAreRefused() async throws {
        let listener = try await Listener(.echo)
        let network = network(to: listener.port)

        for (host, port) in [("127.0.0.1", listener.port + 1), ("localhost", listener.port), ("::1", listener.port)] {
            let error = await #expect(throws: PortalError.self) {
                try await network.connect(to: host, port: port, security: .plain, timeout: .seconds(5))
            }
            #expect(error?.id == "outbound.host-not-declared")
        }
        let portless = OutboundNetworkClient().network(for: [OutboundAddress(host: "127.0.0.1", port: nil)])
        await #expect(throws: PortalError.self) {
            try await portless.connect(to: "127.0.0.1", port: listener.port, security: .plain, timeout: .seconds(5))
        }
        try await listener.stop()
    }

    @Test func refusedConnectionIsUnreachable() async throws {
        let listener = try await Listener(.echo)
        try await listener.stop()

        let error = await #expect(throws: PortalError.self) { try await connect(to: listener.port) }

        #expect(error?.id == "outbound.unreachable")
        #expect(error?.status == 503)
    }

    @Test func peerThatEndsItsHalfIsHeardOutAndStillListens() async throws {
        let listener = try await Listener(.halfClosing)
        let stream = try await connect(to: listener.port)

        #expect(try await stream.text(until: "never") == "goodbye")
        #expect(try await stream.read() == nil)
        try await stream.write(Array("are you there?".utf8))

        #expect(try await listener.heard(until: "there?") == "are you there?")
        await stream.close()
        try await listener.stop()
    }

    @Test func resetConnectionIsBroken() async throws {
        let listener = try await Listener(.resetting)
        let stream = try await connect(to: listener.port)

        try await stream.write(Array("x".utf8))
        let error = await #expect(throws: PortalError.self) { while try await stream.read() != nil {} }

        #expect(error?.id == "outbound.broken")
        try await listener.stop()
    }

    @Test("a slow reader: what nobody reads stays with the peer, and nothing is lost")
    func backPressure() async throws {
        let megabytes = 64
        let listener = try await Listener(.pouring(bytes: megabytes << 20))
        let stream = try await connect(to: listener.port)

        var first = try #require(try await stream.read()).count
        #expect(first <= 65_536)
        // The kernel's buffers take a few megabytes; the rest has to wait for us.
        #expect(listener.poured < 32 << 20)
        var most = 0
        while let bytes = try await stream.read() {
            first += bytes.count
            most = max(most, bytes.count)
        }

        #expect(first == megabytes << 20)
        #expect(most <= 65_536)
        try await listener.stop()
    }

    @Test func cancelledReadLeavesTheStreamUsable() async throws {
        let listener = try await Listener(.echo)
        let stream = try await connect(to: listener.port)

        let reading = Task { try await stream.read() }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        try await stream.write(Array("still here".utf8))

        #expect(try await stream.text(until: "here") == "still here")
        await stream.close()
        try await listener.stop()
    }

    @Test("TLS with a certificate of the site's own", arguments: [nil, "pbx.example"] as [String?])
    func tls(_ serverName: String?) async throws {
        let identity = try TestIdentity(names: "DNS:pbx.example,IP:127.0.0.1")
        let listener = try await Listener(.echo, identity: identity)

        let stream = try await connect(
            to: listener.port, security: .tls(serverName: serverName, authorities: identity.certificate))
        try await stream.write(Array("secret\r\n".utf8))

        #expect(try await stream.text(until: "\r\n") == "secret\r\n")
        await stream.close()
        try await listener.stop()
    }

    @Test(arguments: [
        ("another name", StreamSecurity.tls(serverName: "other.example", authorities: "own")),
        ("unknown authority", .tls(serverName: "pbx.example", authorities: nil)),
        ("nonsense for an authority", .tls(serverName: "pbx.example", authorities: "nonsense")),
    ])
    func tlsThatIsNotProvenIsRefused(_ why: String, _ security: StreamSecurity) async throws {
        let identity = try TestIdentity(names: "DNS:pbx.example")
        let listener = try await Listener(.echo, identity: identity)
        var security = security
        if case .tls(let name, "own"?) = security {
            security = .tls(serverName: name, authorities: identity.certificate)
        }

        let error = await #expect(throws: PortalError.self) { try await connect(to: listener.port, security: security) }

        #expect(error?.id == "outbound.tls", "\(why)")
        try await listener.stop()
    }

    @Test func peerThatSpeaksNoTLSOrNothingAtAll() async throws {
        let plain = try await Listener(.greeting("Asterisk Call Manager/11.0.0\r\n"))
        let silent = try await Listener(.silent)
        let security = StreamSecurity.tls(serverName: "pbx.example", authorities: nil)

        let first = await #expect(throws: PortalError.self) { try await connect(to: plain.port, security: security) }
        let second = await #expect(throws: PortalError.self) {
            try await connect(to: silent.port, security: security, timeout: .milliseconds(200))
        }

        #expect(first?.id == "outbound.tls")
        #expect(second?.id == "outbound.timeout")
        try await plain.stop()
        try await silent.stop()
    }

    @Test func cancelledConnectEndsAtOnce() async throws {
        let silent = try await Listener(.silent)
        let opening = Task {
            try await connect(
                to: silent.port, security: .tls(serverName: "pbx.example", authorities: nil), timeout: .seconds(30))
        }

        await silent.accepted()
        opening.cancel()

        await #expect(throws: CancellationError.self) { try await opening.value }
        try await silent.stop()
    }
}

extension ByteStream {
    /// Reads until what came ends in `end`, or the stream does.
    fileprivate func text(until end: String) async throws -> String {
        var text = ""
        while !text.hasSuffix(end), let bytes = try await read() { text += String(decoding: bytes, as: UTF8.self) }
        return text
    }
}
