import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import VideoInvite

/// What a guest's window proves itself by.
let guestKey = "f3a1c9d27b604e5f8a9012"

@Suite struct GuestTests {
    let host: TestHost<VideoInvitePlugin>
    let chat: Conversation

    init() async throws {
        host = try await TestHost()
        chat = try host.conversations.makeChat(among: [.alice, .bob])
    }

    /// The token of a new link.
    private func makeLink(minutes: Int = 60) async throws -> String {
        let answer = try await host.request(
            .post, "conversations/\(chat.id)/guest-links", as: .alice, json: ["minutes": .int(minutes)])
        #expect(answer.status == 201)
        return String((answer.json["path"]?.string ?? "").split(separator: "#").last ?? "")
    }

    private func start() async throws {
        _ = try await host.request(
            .post, "sessions", as: .alice,
            json: ["conversationId": .string(chat.id.rawValue), "peer": "alice-peer"])
    }

    private func enter(
        _ token: String, name: String = "Gus Guest", key: String = guestKey, peer: String = "guest-peer"
    ) async throws -> TestAnswer {
        try await host.page(
            "enter", method: .post,
            json: ["token": .string(token), "key": .string(key), "peer": .string(peer), "name": .string(name)])
    }

    @Test func theTokenIsStoredAsAHashOnly() async throws {
        let token = try await makeLink()

        let stored = try host.store.readNow { try String.fetchAll($0, sql: "SELECT tokenHash FROM videoGuestLink") }

        #expect(token.utf8.count == 22)
        #expect(stored == [host.context.cryptography.hexDigest(token, .sha256)])
    }

    @Test func aGuestWaitsUntilTheSessionStartsAndThenComesIn() async throws {
        let token = try await makeLink()

        #expect(try await enter(token).json == ["session": .null])
        try await start()
        let entered = try await enter(token)

        let people = entered.json["session"]?["people"]?.array ?? []
        #expect(people.contains { $0["name"] == "Gus Guest" && $0["isGuest"] == true && $0["state"] == "joined" })
    }

    @Test func signalsGoBothWays() async throws {
        let token = try await makeLink()
        try await start()
        _ = try await enter(token)

        _ = try await host.page(
            "signals", method: .post,
            json: [
                "token": .string(token), "key": .string(guestKey), "from": "guest-peer",
                "signals": [["to": "alice-peer", "data": ["candidate": .null]]],
            ])
        let session = try #require(
            try host.store.readNow { try String.fetchOne($0, sql: "SELECT id FROM videoSession") })
        _ = try await host.request(
            .post, "sessions/\(session)/signals", as: .alice,
            json: ["from": "alice-peer", "to": "guest-peer", "data": ["description": "x"]])
        let news = try await host.page(
            "news", method: .post, json: ["token": .string(token), "key": .string(guestKey), "peer": "guest-peer"])

        #expect(host.events.signalled.contains { $0.name == "video.signal" && $0.body["from"] == "guest-peer" })
        #expect(news.json["signals"]?.array?.first?["data"] == ["description": "x"])
    }

    @Test func aLinkThatIsOverRevokedOrUnknownLooksTheSame() async throws {
        let old = try await makeLink(minutes: 5)
        host.clock.advance(by: .seconds(301))
        let revoked = try await makeLink()
        let list = try await host.request(.get, "conversations/\(chat.id)/guest-links", as: .bob).json
        let id = list["items"]?.array?.first?["id"]?.string ?? ""
        let answer = try await host.request(.delete, "conversations/\(chat.id)/guest-links/\(id)", as: .bob)

        #expect(answer.status == 204)
        for token in [old, revoked, String(repeating: "A", count: 22)] {
            #expect(try await enter(token).refusal?.id == "video.link-over")
        }
    }

    @Test func aGuestIsInNoOtherSession() async throws {
        let token = try await makeLink()
        try await start()
        let other = try host.conversations.makeChat(among: [.bob, .olga])
        _ = try await host.request(
            .post, "sessions", as: .bob,
            json: ["conversationId": .string(other.id.rawValue), "peer": "bob-peer-1"])
        _ = try await enter(token)

        _ = try await host.page(
            "signals", method: .post,
            json: [
                "token": .string(token), "key": .string(guestKey), "from": "guest-peer",
                "signals": [["to": "bob-peer-1", "data": [:]]],
            ])

        #expect(host.events.signalled.allSatisfy { $0.name != "video.signal" })
    }

    @Test("X1: a guest who calls his window as a guest of another session does gets nothing that is for that one")
    func signalsStayInTheirSession() async throws {
        let other = try host.conversations.makeChat(among: [.bob, .olga])
        _ = try await host.request(
            .post, "sessions", as: .bob,
            json: ["conversationId": .string(other.id.rawValue), "peer": "bob-peer-1"])
        let link = try await host.request(
            .post, "conversations/\(other.id)/guest-links", as: .bob, json: ["minutes": 60])
        let stranger = String((link.json["path"]?.string ?? "").split(separator: "#").last ?? "")
        _ = try await enter(stranger, name: "Stella Stranger")
        let token = try await makeLink()
        try await start()
        _ = try await enter(token)
        try await tellGuest("for Gus only")

        async let news = host.page(
            "news", method: .post, json: ["token": .string(stranger), "key": .string(guestKey), "peer": "guest-peer"])
        try await host.clock.waitForSleepers()
        host.clock.advance(by: .seconds(20))

        #expect(try await news.json["signals"] == [])
        let own = try await host.page(
            "news", method: .post, json: ["token": .string(token), "key": .string(guestKey), "peer": "guest-peer"])
        #expect(own.json["signals"]?.array?.first?["data"] == ["description": "for Gus only"])
    }

    @Test("X1: whoever has the same link can't act as another guest whose window he knows by name")
    func aGuestIsNobodyElse() async throws {
        let token = try await makeLink()
        try await start()
        _ = try await enter(token)
        try await tellGuest("for Gus only")
        let other = "0000000000000000000000"

        let again = try await enter(token, name: "Mallory", key: other)
        let asked: [(String, JSON)] = [
            ("news", ["token": .string(token), "key": .string(other), "peer": "guest-peer"]),
            ("leave", ["token": .string(token), "key": .string(other), "peer": "guest-peer"]),
            (
                "signals",
                [
                    "token": .string(token), "key": .string(other), "from": "guest-peer",
                    "signals": [["to": "alice-peer", "data": [:]]],
                ]
            ),
        ]

        #expect(again.refusal?.id == "video.peer-taken")
        for (what, body) in asked {
            #expect(try await host.page(what, method: .post, json: body).refusal?.id == "video.not-in")
        }
        let own = try await host.page(
            "news", method: .post,
            json: ["token": .string(token), "key": .string(guestKey), "peer": "guest-peer"])
        #expect(own.json["signals"]?.array?.first?["data"] == ["description": "for Gus only"])
        let people = own.json["session"]?["people"]?.array ?? []
        #expect(people.filter { $0["isGuest"] == true }.map { $0["name"] } == ["Gus Guest"])
        #expect(!own.json.text.contains(guestKey))
    }

    private func news(_ token: String) async throws -> TestAnswer {
        try await host.page(
            "news", method: .post, json: ["token": .string(token), "key": .string(guestKey), "peer": "guest-peer"])
    }

    @Test("D1: a guest who is in stays when the link is over or revoked, and can leave; nobody else comes in by it")
    func guestOutlivesTheLink() async throws {
        let token = try await makeLink(minutes: 5)
        try await start()
        _ = try await enter(token)
        host.clock.advance(by: .seconds(301))
        try await tellGuest("still here")

        #expect(try await news(token).json["signals"]?.array?.first?["data"] == ["description": "still here"])
        #expect(
            try await enter(token, key: "0000000000000000000000", peer: "other-peer").refusal?.id == "video.link-over")
        let left = try await host.page(
            "leave", method: .post, json: ["token": .string(token), "key": .string(guestKey), "peer": "guest-peer"])
        #expect(left.status == 204)
        #expect(try await news(token).refusal?.id == "video.link-over")
    }

    @Test("D1: a guest hears of things again after the plugin was restarted, and waits for them")
    func guestOutlivesARestart() async throws {
        let token = try await makeLink()
        try await start()
        _ = try await enter(token)
        host.plugin.mailboxes.close(Mailboxes.Address(session: try session(), peer: "guest-peer"))

        async let answer = news(token)
        try await host.clock.waitForSleepers()
        try await tellGuest("after the restart")

        #expect(try await answer.json["signals"]?.array?.first?["data"] == ["description": "after the restart"])
    }

    @Test func whatWaitsForAGuestWhoWentWithoutAWordIsThrownAway() async throws {
        try await start()
        _ = try await enter(try await makeLink())
        try await tellGuest("x")
        let session = try session()

        try await host.whileRunning { [self] in
            try await eventually {
                host.clock.advance(by: .seconds(1))
                return try host.store.readNow { db in
                    try Bool.fetchOne(db, sql: "SELECT count(*) = 0 FROM videoPerson WHERE state = 'joined'") == true
                }
            }
        }

        let kept = await host.plugin.mailboxes.take(
            Mailboxes.Address(session: session, peer: "guest-peer"), atMost: .zero, clock: host.clock)
        #expect(kept == [])
    }

    /// The session in Alice's and Bob's chat.
    private func session() throws -> String {
        try host.store.readNow { [chat] db in
            let sql = "SELECT id FROM videoSession WHERE conversationId = ?"
            return try String.fetchOne(db, sql: sql, arguments: [chat.id]) ?? ""
        }
    }

    private func tellGuest(_ text: String) async throws {
        _ = try await host.request(
            .post, "sessions/\(session())/signals", as: .alice,
            json: ["from": "alice-peer", "to": "guest-peer", "data": ["description": .string(text)]])
    }

    @Test("TURN's credentials are what coturn computes", arguments: [60, 480])
    func turnCredentials(minutes: Int) async throws {
        let host = try await TestHost(
            VideoInvitePlugin.self,
            settings: [
                "turnURLs": ["turn:turn.example:3478?transport=udp"], "turnSecret": "north-secret",
                "turnCredentialMinutes": .int(minutes),
            ])
        let now = Date(timeIntervalSince1970: 1_795_363_168)

        let servers = host.plugin.servers.configuration(for: "alice", now: now, host.context.cryptography)

        let name = "\(1_795_363_168 + minutes * 60):alice"
        #expect(servers["iceServers"]?.array?.first?["username"] == .string(name))
        let code = host.context.cryptography.authenticationCode(
            for: Array(name.utf8), key: Array("north-secret".utf8), .sha1)
        #expect(servers["iceServers"]?.array?.first?["credential"] == .string(Data(code).base64EncodedString()))
        #expect(code.count == 20)
    }

    @Test func turnWithoutItsSecretIsRefused() async throws {
        let refusal = await #expect(throws: PortalError.self) {
            try await TestHost(VideoInvitePlugin.self, settings: ["turnURLs": ["turn:turn.example"]])
        }
        #expect(refusal?.id == "settings.contradiction")
    }

    @Test("A6: the plugin keeps the rules of the house, and nothing of one domain shows in another")
    func keepsTheRulesOfTheHouse() async {
        let findings = await PluginConformance.findings(for: VideoInvitePlugin.self) { host, person in
            let chat = try host.conversations.makeChat(among: [.alice, .bob])
            _ = try await host.request(
                .post, "sessions", as: person,
                json: ["conversationId": .string(chat.id.rawValue), "peer": "seed-peer-1"])
            _ = try await host.request(
                .post, "conversations/\(chat.id)/guest-links", as: person, json: [:])
        }
        #expect(findings == [])
    }
}
