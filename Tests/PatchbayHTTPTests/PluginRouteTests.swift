import PatchbayHost
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite struct PluginRouteTests {
    @Test func pluginRoutesAskForSessionPermissionAndGate() async throws {
        let test = try await TestPortal.make()
        try await test.serving { caller in
            let stranger = try await caller.ask(.get, "/api/v1/chat/echo/a")
            #expect(stranger.problem == "session.required")
            let echo = try await caller.ask(.get, "/api/v1/chat/echo/a%2Fb", as: TestPortal.ann)
            #expect(echo.json?["word"]?.string == "a/b")
            #expect(echo.json?["cookie"] == nil)
            let secret = try await caller.ask(.get, "/api/v1/chat/secret", as: TestPortal.ann)
            #expect(secret.problem == "permission.missing")
            try await test.portal.store.write { db in
                try Gates.setSwitch(OddPlugin.id, .system, subject: "", isOn: false, in: db)
            }
            let closed = try await caller.ask(.get, "/api/v1/chat/echo/a", as: TestPortal.ann)
            #expect((closed.status, closed.problem) == (403, "gate.system-off"))
        }
    }

    @Test func aPluginThatThrowsSomethingOfItsOwnBreaksOneRequest() async throws {
        try await TestPortal.make().serving { caller in
            let broken = try await caller.ask(.get, "/api/v1/chat/broken", as: TestPortal.ann)
            #expect((broken.status, broken.problem) == (500, "server.error"))
            #expect(!broken.text.contains("Broken"))
            let metrics = try await caller.ask(.get, "/metrics")
            #expect(metrics.text.contains("patchbay_plugin_faults_total{plugin=\"chat\"} 1"))
        }
    }

    @Test("X8: an unverified webhook is 401 and counted")
    func anUnverifiedWebhookIsRefusedAndCounted() async throws {
        try await TestPortal.make().serving { caller in
            let forged = try await caller.ask(
                .post, "/hooks/chat/inbound", body: "x", headers: ["x-signature": "wrong"])
            #expect((forged.status, forged.problem) == (401, "webhook.unverified"))
            let right = try await caller.ask(.post, "/hooks/chat/inbound", body: "x", headers: ["x-signature": "right"])
            #expect(right.status == 204)
            let metrics = try await caller.ask(.get, "/metrics")
            #expect(metrics.text.contains("patchbay_webhook_unverified_total{plugin=\"chat\"} 1"))
        }
    }

    @Test func publicPagesAreLimitedPerAddress() async throws {
        try await TestPortal.make().serving { caller in
            var statuses: [Int] = []
            for _ in 0..<(RequestLimit.pagesPerMinute * 2 + 1) {
                statuses.append(try await caller.ask(.get, "/join/chat/room/t").status)
            }
            #expect(statuses.first == 200)
            #expect(statuses.contains(429))
        }
    }

    @Test func aPublicPageMayAnswerSeveralMethods() async throws {
        try await TestPortal.make().serving { caller in
            #expect(try await caller.ask(.get, "/join/chat/room/t").text == "room t")
            #expect(try await caller.ask(.post, "/join/chat/room/t", body: "x", headers: [:]).status == 204)
            let put = try await caller.ask(.put, "/join/chat/room/t", body: "x", headers: [:])
            #expect((put.status, put.headers[.allow]) == (405, "GET, POST"))
        }
    }

    @Test func aPluginsWebFilesAreServedAndNothingElseOfItsFolder() async throws {
        try await TestPortal.make().serving { caller in
            let page = try await caller.ask(.get, "/plugins/chat/")
            #expect(page.text == "<p>")
            let bare = try await caller.ask(.get, "/plugins/chat")
            #expect(bare.headers[.location] == "/plugins/chat/")
            for path in ["/plugins/chat/../plugin.json", "/plugins/chat/..%2Fplugin.json", "/plugins/none/"] {
                let outside = try await caller.ask(.get, path)
                #expect(outside.status == 404, "\(path)")
            }
        }
    }
}
