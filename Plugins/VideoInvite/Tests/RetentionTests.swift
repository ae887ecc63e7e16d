import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import VideoInvite

@Suite("Old video sessions, and people who are erased")
struct RetentionTests {
    let host: TestHost<VideoInvitePlugin>
    let chat: Conversation

    init() async throws {
        host = try await TestHost()
        chat = try host.conversations.makeChat(among: [.alice, .bob])
    }

    /// A session of Alice's with a guest who called himself Gus.
    private func meet(ends: Bool = true) async throws {
        let conversation: JSON = .string(chat.id.rawValue)
        let made = try await host.request(
            .post, "sessions", as: .alice, json: ["conversationId": conversation, "peer": "alice-peer"])
        let link = try await host.request(
            .post, "conversations/\(chat.id)/guest-links", as: .alice, json: ["minutes": 60])
        let token = String((link.json["path"]?.string ?? "").split(separator: "#").last ?? "")
        _ = try await host.page(
            "enter", method: .post,
            json: ["token": .string(token), "key": .string(guestKey), "peer": "guest-peer", "name": "Gus Guest"])
        guard ends, let id = made.json["session"]?["id"]?.string else { return }
        try await host.store.write { [host] db in
            for peer in ["guest-peer", "alice-peer"] {
                guard let session = try VideoSession.fetch(id, of: .acme, in: db) else { continue }
                _ = try host.plugin.sessions.leave(session, peer: peer, in: db)
            }
        }
    }

    private func count(_ table: String) throws -> Int? {
        try host.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") }
    }

    private func clean() async throws {
        try await host.store.write { [host] db in
            _ = try host.plugin.retention.step(after: Retention.Place(endedAt: 0, id: ""), in: db)
        }
    }

    @Test("Thirty days after its end a session is forgotten, with the names of its guests; links when they are over")
    func oldOnesGo() async throws {
        try await meet()
        host.clock.advance(by: .seconds(3601))
        try await clean()
        #expect(try count("videoGuestLink") == 0 && count("videoSession") == 1)

        host.clock.advance(by: .seconds(30 * 86_400 - 3602))
        try await clean()
        #expect(try count("videoSession") == 1)
        host.clock.advance(by: .seconds(1))
        try await clean()

        #expect(try count("videoSession") == 0 && count("videoPerson") == 0)
    }

    @Test("One that is under way stays, however long it lasts, and so does one under a legal hold")
    func whatStays() async throws {
        try await meet()
        host.conversations.hold(chat)
        host.clock.advance(by: .seconds(31 * 86_400))
        try await clean()
        #expect(try count("videoSession") == 1)

        host.conversations.hold(chat, false)
        try await clean()
        #expect(try count("videoSession") == 0)

        try await meet(ends: false)
        host.clock.advance(by: .seconds(31 * 86_400))
        try await clean()
        #expect(try count("videoSession WHERE endedAt IS NULL") == 1)
    }

    @Test("D7: a user who is erased goes from all sessions, leaves the one under way, and their links end")
    func erasedUser() async throws {
        try await meet()
        try await meet(ends: false)
        let more = try await host.store.write { [host] db in
            try host.plugin.forget(.user(TestPerson.alice.id), of: .acme, atMost: 200, in: db)
        }
        let step = try await host.store.write { [host] db in
            try host.plugin.forget(.user(TestPerson.bob.id), of: .acme, atMost: 1, in: db)
        }

        #expect(!more && step)
        #expect(try count("videoPerson WHERE person = '\(TestPerson.alice.id)'") == 0)
        #expect(try count("videoGuestLink") == 0)
        #expect(try count("videoSession WHERE endedAt IS NULL") == 1, "the guest is still there")
    }
}
