import PatchbayHost
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite struct OutboundHTTPTests {
    /// Asks a host that behaves so, and closes everything afterwards.
    private func ask(
        _ behaviour: OutsideHost.Behaviour, declared: [OutboundAddress]? = nil, _ request: OutboundRequest? = nil,
        path: String = "/sms"
    ) async throws -> (answer: Result<OutboundAnswer, PortalError>, requests: [String]) {
        let host = try await OutsideHost(behaviour)
        let client = OutboundClient()
        let hosts = declared ?? [OutboundAddress(host: "127.0.0.1", port: host.port)]
        var request = request ?? OutboundRequest(url: "", timeout: .seconds(5))
        request.url = "http://127.0.0.1:\(host.port)\(path)"
        let answer: Result<OutboundAnswer, PortalError>
        do { answer = .success(try await client.http(for: Set(hosts)).send(request)) } catch let error as PortalError {
            answer = .failure(error)
        }
        try await client.shutdown()
        try await host.close()
        return (answer, host.requests)
    }

    private func id(_ answer: Result<OutboundAnswer, PortalError>) -> String? {
        if case .failure(let error) = answer { error.id } else { nil }
    }

    @Test func answerComesWithStatusHeadersAndBody() async throws {
        let request = OutboundRequest(
            method: "POST", url: "", headers: [("X-Key", "abc")], body: Array("Hello".utf8), timeout: .seconds(5))
        let (answer, requests) = try await ask(
            .says("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\nX-Id: 7\r\n\r\n0:"), request)

        let got = try answer.get()
        #expect((got.status, got.text) == (202, "0:"))
        #expect(got.headers.contains { $0.name.lowercased() == "x-id" && $0.value == "7" })
        #expect(requests.first?.hasPrefix("POST /sms HTTP/1.1\r\n") == true)
        #expect(requests.first?.contains("X-Key: abc\r\n") == true)
    }

    @Test func redirectIsAnAnswerAndNotFollowed() async throws {
        let (answer, requests) = try await ask(
            .says("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"))

        #expect(try answer.get().status == 302)
        #expect(requests.count == 1)
    }

    @Test func hostThatIsNotDeclaredIsNeverAsked() async throws {
        let (answer, requests) = try await ask(
            .says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            declared: [OutboundAddress(host: "127.0.0.1", port: 1)])

        #expect(id(answer) == "outbound.host-not-declared")
        #expect(requests.isEmpty)
    }

    @Test(
        "X7: no other way to write an address leads to one that isn't declared",
        arguments: [
            "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
            "[::1]",
            "localhost", "0", "0.0.0.0", "169.254.169.254", "127.0.0.1%2f@gate.example", "gate.example@127.0.0.1",
            "gate.example#@127.0.0.1", "127.0.0.1\\@gate.example", "gate.example%00.127.0.0.1",
        ])
    func spellingsLeadNowhere(_ host: String) async throws {
        let listener = try await OutsideHost(.says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        let client = OutboundClient()
        let http = client.http(for: [OutboundAddress(host: "gate.example", port: listener.port)])

        await #expect(throws: PortalError.self) {
            try await http.send(OutboundRequest(url: "http://\(host):\(listener.port)/", timeout: .seconds(2)))
        }

        try await client.shutdown()
        try await listener.close()
        #expect(listener.requests.isEmpty)
    }

    @Test("X15: no answer, half an answer, none in time: each has its own id")
    func troubleHasAnID() async throws {
        let quick = OutboundRequest(url: "", timeout: .milliseconds(200))
        #expect(id(try await ask(.isSilent, quick).answer) == "outbound.timeout")
        #expect(id(try await ask(.hangsUp).answer) == "outbound.unreachable")
        #expect(id(try await ask(.says("What?\r\n\r\n")).answer) == "outbound.unreachable")
        #expect(
            id(try await ask(.says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), quick).answer)
                == "outbound.timeout")
    }

    @Test("X15: an answer that is too large is given up, announced or not")
    func hugeAnswerIsGivenUp() async throws {
        let size = OutboundRequest.answerLimitInBytes + 1
        for head in ["Content-Length: \(size)", "Connection: close"] {
            let (answer, _) = try await ask(.saysBytes(head: "HTTP/1.1 200 OK\r\n\(head)\r\n\r\n", count: size))
            #expect(id(answer) == "outbound.answer-too-large")
        }
    }

    @Test(arguments: [
        ("http://gate.example/x", true), ("https://gate.example/x", false), ("http://GATE.example:80/x", true),
        ("http://gate.example:8080/x", false), ("https://other.example:8443/", true), ("http://other.example/", false),
        ("ftp://gate.example/", false), ("http://gate.example@evil.example/", false),
        ("http://user@gate.example/", false),
        ("http://gate.example.evil.example/", false), ("/relative", false), ("", false), ("http://[::1]:9000/", true),
    ])
    func onlyDeclaredAddressesPass(_ url: String, _ passes: Bool) {
        let hosts: Set = [
            OutboundAddress(host: "gate.example", port: 80), OutboundAddress(host: "other.example", port: 8443),
            OutboundAddress(host: "::1", port: 9000),
        ]
        let passed: Bool
        do throws(PortalError) {
            _ = try OutboundGuard.check(url, against: hosts)
            passed = true
        } catch {
            passed = error.id != "outbound.host-not-declared"
        }
        #expect(passed == passes)
    }
}
