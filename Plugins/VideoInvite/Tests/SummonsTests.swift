import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import VideoInvite

@Suite("Video: those whose portal is closed")
struct SummonsTests {
    let host: TestHost<VideoInvitePlugin>
    let chat: Conversation

    init() async throws {
        host = try await TestHost()
        chat = try host.conversations.makeChat(among: [.alice, .bob])
    }

    private func start() async throws -> String {
        let answer = try await host.request(
            .post, "sessions", as: .alice,
            json: ["conversationId": .string(chat.id.rawValue), "peer": "alice-peer"])
        return answer.json["session"]?["id"]?.string ?? ""
    }

    private var rung: TestSummons.Call {
        .rings([TestPerson.bob.id], chat.id, until: host.clock.now.addingTimeInterval(60))
    }

    @Test("S15: an invitation rings the other one, once, until it stops ringing")
    func rings() async throws {
        _ = try await start()
        _ = try await start()

        #expect(host.summons.calls == [rung])
    }

    @Test("S15: who has answered or declined is called no more on other devices", arguments: ["join", "decline"])
    func answered(how: String) async throws {
        let id = try await start()

        _ = try await host.request(
            .post, "sessions/\(id)/\(how)", as: .bob, json: how == "join" ? ["peer": "bob-peer"] : [:])

        #expect(host.summons.calls == [rung, .hushed([TestPerson.bob.id], chat.id, wasMissed: false)])
    }

    @Test("S15: when the caller hangs up it was missed")
    func missed() async throws {
        let id = try await start()

        _ = try await host.request(.post, "sessions/\(id)/leave", as: .alice, json: ["peer": "alice-peer"])

        #expect(host.summons.calls == [rung, .hushed([TestPerson.bob.id], chat.id, wasMissed: true)])
    }
}
