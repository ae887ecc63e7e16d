import NIOPosix
import PatchbayHost
import PatchbaySDK
import Synchronization
import Testing

@testable import PatchbayHTTP

/// A name server under the test's control: one answer after the other, the last one for ever.
private final class NameServer: Sendable {
    private let answers: [[String]]
    private let asked = Mutex(0)

    init(_ answers: [String]...) { self.answers = answers }

    var questions: Int { asked.withLock { $0 } }
    var lookup: CheckedLookup { CheckedLookup { [self] _ in next() } }

    private func next() -> [AddressLookup.Address] {
        let turn = asked.withLock { asked in
            asked += 1
            return asked - 1
        }
        return answers[min(turn, answers.count - 1)].map { AddressLookup.Address(bytes: Self.bytes(of: $0), text: $0) }
    }

    static func bytes(of text: String) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
        precondition(inet_pton(AF_INET6, text, &bytes) == 1, "an address")
        return bytes
    }
}

@Suite("DNS rebinding", .timeLimit(.minutes(5))) struct RebindingTests {
    private static let fine = OutsideHost.Behaviour.says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    private func address(_ port: Int, mayBePrivate: Bool = false) -> OutboundAddress {
        OutboundAddress(host: "gate.example", port: port, mayBePrivate: mayBePrivate)
    }

    /// What becomes of asking `gate.example` so many times.
    private func ask(
        _ client: OutboundClient, _ host: OutboundAddress, times: Int = 1, url: String = "http://gate.example",
        within timeout: Duration = .seconds(20)
    ) async throws -> [String] {
        var outcomes: [String] = []
        for _ in 0..<times {
            let request = OutboundRequest(url: "\(url):\(host.port ?? 80)/sms", timeout: timeout)
            do {
                outcomes.append("\(try await client.http(for: [host]).send(request).status)")
            } catch let error as PortalError {
                outcomes.append(error.id)
            }
        }
        return outcomes
    }

    @Test(
        "X7: a name that leads inside, even in part, is not connected to",
        arguments: [
            ["127.0.0.1"], ["9.9.9.9", "127.0.0.1"], ["10.0.0.7"], ["172.16.0.1"], ["192.168.1.1"], ["100.64.0.1"],
            ["169.254.169.254"], ["0.0.0.0"], ["224.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["fd00::1"], ["fe80::1"],
            ["ff02::1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["::"], [],
        ])
    func inside(_ found: [String]) async throws {
        let trap = try await OutsideHost(Self.fine)
        let names = NameServer(found)
        let client = OutboundClient(lookup: names.lookup)
        let host = address(trap.port)
        let expected = found.isEmpty ? "outbound.unreachable" : "outbound.private-address"

        #expect(try await ask(client, host) == [expected])
        let error = await #expect(throws: PortalError.self) {
            _ = try await OutboundNetworkClient(lookup: names.lookup).network(for: [host])
                .connect(to: "gate.example", port: trap.port, security: .plain, timeout: .seconds(2))
        }

        #expect(error?.id == expected)
        try await client.shutdown()
        try await trap.close()
        #expect(trap.connections == 0)
    }

    @Test("X7: a name that is public when checked and then leads inside is asked for once: no connection inside")
    func rebound() async throws {
        let trap = try await OutsideHost(Self.fine)
        let names = NameServer(["192.88.98.1"], ["127.0.0.1"])
        let client = OutboundClient(lookup: names.lookup)

        _ = try await ask(client, address(trap.port), within: .milliseconds(300))

        #expect(names.questions == 1)
        try await client.shutdown()
        try await trap.close()
        #expect(trap.connections == 0)
    }

    @Test("X7: when the answer has become old, the new one is checked like the first")
    func reboundLater() async throws {
        let trap = try await OutsideHost(Self.fine)
        let names = NameServer(["192.88.98.1"], ["127.0.0.1"])
        let client = OutboundClient(lookup: names.lookup, keeping: .zero)

        let outcomes = try await ask(client, address(trap.port), times: 2, within: .seconds(3))

        #expect(outcomes.last == "outbound.private-address" && names.questions == 2)
        try await client.shutdown()
        try await trap.close()
        #expect(trap.connections == 0)
    }

    @Test("X7: the address that was checked is the one connected to, with the name in Host, whatever is answered next")
    func pinned() async throws {
        let host = try await OutsideHost(Self.fine)
        // 127.0.0.2 is this machine as well; nobody listens there.
        let names = NameServer(["127.0.0.1"], ["127.0.0.2"])
        let client = OutboundClient(lookup: names.lookup)

        let declared = address(host.port, mayBePrivate: true)
        let outcomes = try await ask(client, declared, times: 3, url: "http://GATE.example")

        #expect(outcomes == ["200", "200", "200"] && names.questions == 1)
        #expect(host.requests.allSatisfy { $0.lowercased().contains("\r\nhost: gate.example:\(host.port)\r\n") })
        try await client.shutdown()
        try await host.close()
    }

    @Test("The first address that takes the connection is asked, and asked first from then on")
    func secondAddress() async throws {
        let host = try await OutsideHost(Self.fine)
        let names = NameServer(["::1", "127.0.0.2", "127.0.0.1"])
        let client = OutboundClient(lookup: names.lookup)

        let outcomes = try await ask(client, address(host.port, mayBePrivate: true), times: 2)

        #expect(outcomes == ["200", "200"])
        #expect(host.connections == 1, "the second request went over the first one's connection")
        try await client.shutdown()
        try await host.close()
    }

    @Test("X7: a stream keeps to the checked address, and TLS to the name")
    func pinnedStream() async throws {
        let identity = try TestIdentity(names: "DNS:gate.example")
        let listener = try await Listener(.echo, identity: identity)
        let names = NameServer(["::1", "127.0.0.1"], ["127.0.0.2"])
        let network = OutboundNetworkClient(lookup: names.lookup)
            .network(for: [address(listener.port, mayBePrivate: true)])

        let stream = try await network.connect(
            to: "gate.example", port: listener.port,
            security: .tls(serverName: nil, authorities: identity.certificate), timeout: .seconds(5))
        try await stream.write(Array("x".utf8))

        #expect(try await stream.read() == Array("x".utf8))
        #expect(names.questions == 1)
        await stream.close()
        try await listener.stop()
    }

    @Test(
        "X7: localhost is this machine; a grant is for the operator's own network only, and says what to do",
        arguments: [
            ("localhost", false, ["::1", "127.0.0.1"], true), ("x.localhost", false, ["127.0.0.1"], true),
            ("localhost", false, ["10.0.0.1"], false), ("kannel.lan", false, ["10.0.0.1"], false),
            ("kannel.lan", true, ["10.0.0.1", "fd00::1"], true), ("kannel.lan", true, ["169.254.169.254"], false),
            ("kannel.lan", true, ["fe80::1"], false), ("kannel.lan", true, ["::ffff:10.0.0.1"], false),
            ("kannel.lan", false, ["9.9.9.9", "2620:fe::9"], true), ("2130706433", false, ["127.0.0.1"], false),
        ])
    func grants(_ name: String, _ mayBePrivate: Bool, _ found: [String], _ passes: Bool) async throws {
        let host = OutboundAddress(host: name, port: 80, mayBePrivate: mayBePrivate)
        do {
            let addresses = try await NameServer(found).lookup.addresses(of: host, within: .seconds(5))
            #expect(passes && addresses?.map(\.text) == found)
        } catch let error as PortalError {
            #expect(!passes && error.id == "outbound.private-address" && error.status == 503)
            let mend = found == ["10.0.0.1"] || name == "2130706433" ? "privateHosts" : "name server"
            #expect(error.message.contains(mend) && error.message.contains(name))
        }
    }

    @Test("X15: a name server that is silent holds nobody longer than the time limit")
    func silentNameServer() async throws {
        let lookup = CheckedLookup { _ in
            try await Task.sleep(for: .seconds(30))
            return []
        }
        let client = OutboundClient(lookup: lookup)

        #expect(try await ask(client, address(80), within: .milliseconds(300)) == ["outbound.timeout"])
        try await client.shutdown()
    }
}
