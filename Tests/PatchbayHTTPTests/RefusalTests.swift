import HTTPTypes
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite struct RefusalTests {
    @Test("Bad input gets a problem with a stable id, and nothing is stored")
    func badBodiesGetAProblemWithAStableID() async throws {
        let test = try await TestPortal.make()
        let path = "/api/v1/conversations/\(test.harborIDs["conversation"] ?? "")/messages"
        let cases: [(body: String, id: String)] = [
            ("{", "body.not-json"), ("", "body.not-json"),
            (#"{"clientId":"a","text":"x","state":"sent"}"#, "body.invalid"),
            (#"{"clientId":"a b","text":"x"}"#, "body.invalid"), (#"{"text":"x"}"#, "body.invalid"),
            (#"{"clientId":"a","text":"\ud800"}"#, "body.not-json"),
            (#"{"clientId":"a","text":""# + String(repeating: "x", count: 70_000) + #""}"#, "body.too-large"),
        ]

        try await test.serving { caller in
            for (body, id) in cases {
                let answer = try await caller.ask(.post, path, as: TestPortal.ann, body: body)
                #expect(answer.problem == id, "\(body.prefix(60))")
            }
            let messages = try await caller.ask(.get, path, as: TestPortal.ann)
            #expect(messages.json?["items"]?.array?.count == 1)
        }
    }

    @Test func addressesThatAreNoneGetAProblem() async throws {
        try await TestPortal.make().serving { caller in
            let unknown = try await caller.ask(.get, "/api/v1/nothing", as: TestPortal.ann)
            #expect((unknown.status, unknown.problem) == (404, "not-found"))
            let method = try await caller.ask(.put, "/api/v1/people", as: TestPortal.ann, body: "{}")
            #expect((method.status, method.problem) == (405, "request.method-not-allowed"))
            #expect(method.headers[.allow] == "GET")
            let bad = try await caller.ask(.get, "/api/v1/%ff", as: TestPortal.ann)
            #expect((bad.status, bad.problem) == (400, "request.invalid-address"))
            let query = try await caller.ask(.get, "/api/v1/people?limit=1000000000", as: TestPortal.ann)
            #expect((query.status, query.problem) == (400, "query.invalid"))
            let trace = try await caller.ask(HTTPRequest.Method("TRACE")!, "/", as: TestPortal.ann)
            #expect(trace.status == 405)
        }
    }

    @Test("X5: with the cookie, only our own pages change anything")
    func onlyOurOwnPagesChangeAnything() async throws {
        let test = try await TestPortal.make()
        let body = #"{"name":"X","numbers":[],"emails":[]}"#
        let forged: [[String: String]] = [
            ["content-type": "application/json"],
            ["content-type": "application/json", "sec-fetch-site": "cross-site"],
            ["content-type": "application/json", "sec-fetch-site": "same-site"],
            ["content-type": "application/json", "origin": "https://evil.example"],
            ["content-type": "application/json", "origin": "null"],
        ]

        try await test.serving { caller in
            for headers in forged {
                let answer = try await caller.ask(
                    .post, "/api/v1/contacts", as: TestPortal.ann, body: body, headers: headers)
                #expect(answer.problem == "request.cross-site", "\(headers)")
            }
            let text = try await caller.ask(
                .post, "/api/v1/contacts", as: TestPortal.ann, body: body,
                headers: ["content-type": "text/plain", "sec-fetch-site": "same-origin"])
            #expect(text.problem == "request.content-type")
            let own = try await caller.ask(.post, "/api/v1/contacts", as: TestPortal.ann, body: body)
            #expect(own.status == 201)
        }
    }

    @Test("X16: every answer carries the security headers, and no server's name")
    func everyAnswerCarriesTheSecurityHeaders() async throws {
        let settings = ServerSettings(publicURL: "https://portal.example")
        try await TestPortal.make().serving(settings) { caller in
            for path in ["/", "/healthz", "/api/v1/session", "/nothing", "/js/../etc/passwd", "/plugins/chat/"] {
                let headers = try await caller.ask(.get, path).headers
                #expect(headers[.contentSecurityPolicy]?.contains("require-trusted-types-for 'script'") == true)
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.strictTransportSecurity] != nil)
                #expect(headers[.server] == nil)
            }
        }
    }
}
