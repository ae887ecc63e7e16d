import HTTPTypes
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite struct AssetTests {
    @Test func fileHasAStrongETagAndIsAskedForAgain() async throws {
        try await TestPortal.make().serving { caller in
            let first = try await caller.ask(.get, "/js/main.js", headers: [:])
            let etag = first.headers[.eTag] ?? ""
            #expect(first.status == 200)
            #expect(etag.hasPrefix("\"") && etag.count > 20)
            #expect(first.headers[.contentType] == "text/javascript; charset=utf-8")
            #expect(first.headers[.cacheControl] == "no-cache")

            for tags in [etag, "\"old\", \(etag)", "W/\(etag)", "*"] {
                let again = try await caller.ask(.get, "/js/main.js", headers: ["if-none-match": tags])
                #expect((again.status, again.body.isEmpty) == (304, true), "\(tags)")
                #expect(again.headers[.eTag] == etag)
            }
            let other = try await caller.ask(.get, "/js/main.js", headers: ["if-none-match": "\"old\""])
            #expect((other.status, other.body) == (200, first.body))
        }
    }

    @Test func headSaysWhatGetWouldSay() async throws {
        try await TestPortal.make().serving { caller in
            for path in ["/", "/js/main.js", "/icon.svg", "/css/tokens.css"] {
                let whole = try await caller.ask(.get, path, headers: [:])
                let head = try await caller.ask(.head, path, headers: [:])
                #expect((head.status, head.body.isEmpty) == (200, true), "\(path)")
                #expect(head.headers[.eTag] == whole.headers[.eTag])
                #expect(head.headers[.contentType] == whole.headers[.contentType])
                #expect(head.headers[.contentLength] == String(whole.body.count))
            }
            let posted = try await caller.ask(.post, "/js/main.js", body: "{}")
            #expect((posted.status, posted.headers[.allow]) == (405, "GET, HEAD"))
        }
    }

    @Test func addressesOfThePageGiveThePage() async throws {
        try await TestPortal.make().serving { caller in
            let page = try await caller.ask(.get, "/", headers: [:])
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            for path in ["/messages", "/messages/some-id", "/settings"] {
                #expect(try await caller.ask(.get, path, headers: [:]).body == page.body, "\(path)")
            }
            for path in ["/nothing", "/js/nothing.js", "/messages/a/b/c/d"] {
                #expect(try await caller.ask(.get, path, headers: [:]).status == 404, "\(path)")
            }
        }
    }

    @Test(
        "X16: no address leads out of the folder, nor to what is for developers only",
        arguments: [
            "/../Package.swift", "/js/../../Package.swift", "/%2e%2e/%2e%2e/etc/passwd", "/js/%2e%2e/%2e%2e/secret",
            "/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/js//main.js", "/js/main.js/", "/js%2fmain.js%00",
            "/jsconfig.json/../x", "/README.md", "/.env", "/js/.hidden",
        ])
    func nothingElseIsServed(_ path: String) async throws {
        try await TestPortal.make().serving { caller in
            let answer = try await caller.ask(.get, path, headers: [:])
            #expect([400, 404].contains(answer.status), "\(path): \(answer.status)")
            #expect(!answer.text.contains("root:") && !answer.text.contains("swift-tools-version"))
        }
    }
}
