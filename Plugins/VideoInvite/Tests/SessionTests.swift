import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import VideoInvite

@Suite struct SessionTests {
    let host: TestHost<VideoInvitePlugin>
    let chat: Conversation

    init() async throws {
        host = try await TestHost()
        chat = try host.conversations.makeChat(among: [.alice, .bob])
    }

    private func start(as person: TestPerson = .alice, peer: String = "alice-peer") async throws -> TestAnswer {
        try await host.request(
            .post, "sessions", as: person, json: ["conversationId": .string(chat.id.rawValue), "peer": .string(peer)])
    }

    private func states(_ session: JSON?) -> [String: String] {
        let people = session?["people"]?.array ?? []
        return Dictionary(
            people.map { ($0["id"]?.string ?? "", $0["state"]?.string ?? "") }, uniquingKeysWith: { $1 })
    }

    private var id: String {
        get throws {
            try host.store.readNow { db in
                try String.fetchOne(db, sql: "SELECT id FROM videoSession ORDER BY id DESC") ?? ""
            }
        }
    }

    private func shown(as person: TestPerson = .alice) async throws -> JSON {
        try await host.request(.get, "sessions/\(try id)", as: person).json
    }

    @Test("S15: the other party is invited, and everybody in the chat is told")
    func otherPartyIsInvited() async throws {
        let answer = try await start()

        #expect(answer.status == 201)
        #expect(
            states(answer.json["session"])
                == [TestPerson.alice.id.rawValue: "joined", TestPerson.bob.id.rawValue: "invited"])
        let news = try #require(try host.events.published(named: "video.session.changed").first)
        #expect(news.recipients == .users([TestPerson.alice.id, TestPerson.bob.id]))
    }

    @Test("S15: the invitation stands in the conversation, once")
    func invitationIsAMessage() async throws {
        _ = try await start()
        _ = try await start()

        #expect(try host.conversations.messages(of: chat).map(\.text) == ["📹 Video session"])
    }

    @Test("S16: an SMS conversation has no video session")
    func smsIsRefused() async throws {
        let sms = try host.conversations.makeSMS(with: "+41790000001", through: .acmeDesk)

        let answer = try await host.request(
            .post, "sessions", as: .alice,
            json: ["conversationId": .string(sms.id.rawValue), "peer": "alice-peer"])

        #expect(answer.refusal?.id == "video.chat-only")
        #expect(try host.events.published(named: "video.session.changed").isEmpty)
    }

    @Test func twoWhoStartAtOnceMeetInOneSession() async throws {
        let first = try await start()
        let second = try await start(as: .bob, peer: "bob-peer-1")

        #expect(second.status == 200)
        #expect(first.json["session"]?["id"] == second.json["session"]?["id"])
    }

    @Test func declinedIsShownToTheCaller() async throws {
        _ = try await start()

        let answer = try await host.request(.post, "sessions/\(try id)/decline", as: .bob, json: [:])

        #expect(answer.status == 204)
        #expect(states(try await shown())[TestPerson.bob.id.rawValue] == "declined")
    }

    @Test func whoDoesNotAnswerForAMinuteHasMissedIt() async throws {
        try await host.whileRunning { [self] in
            _ = try await start()
            let began = host.clock.now
            try await eventually {
                _ = try await host.request(.post, "sessions/\(try id)/here", as: .alice, json: ["peer": "alice-peer"])
                guard states(try await shown())[TestPerson.bob.id.rawValue] == "invited" else { return true }
                host.clock.advance(by: .seconds(1))
                return false
            }
            #expect(host.clock.now.timeIntervalSince(began) >= 60)
            #expect(states(try await shown())[TestPerson.bob.id.rawValue] == "missed")
        }
        #expect(try await shown()["endedAt"] == nil)
    }

    @Test func aWindowThatIsSilentHasLeftAndTheLastOneEndsIt() async throws {
        try await host.whileRunning { [self] in
            _ = try await start()
            try await eventually {
                host.clock.advance(by: .seconds(1))
                return try host.store.readNow {
                    try Row.fetchAll($0, sql: "SELECT 1 FROM videoSession WHERE endedAt IS NOT NULL")
                }.count == 1
            }
        }
        #expect(states(try await shown())[TestPerson.alice.id.rawValue] == "left")
        #expect(states(try await shown())[TestPerson.bob.id.rawValue] == "missed")
    }

    @Test func theLastToLeaveEndsItAndANewOneCanStart() async throws {
        _ = try await start()
        let first = try id
        _ = try await host.request(.post, "sessions/\(first)/leave", as: .alice, json: ["peer": "alice-peer"])

        #expect(try await shown()["endedAt"] != nil)
        #expect(try await start().status == 201)
        #expect(try host.store.readNow { try Int.fetchOne($0, sql: "SELECT count(*) FROM videoSession") } == 2)
    }

    @Test("S15: who starts again where nobody is met rings the other party anew")
    func startingAgainAloneRingsAnew() async throws {
        _ = try await start()
        let first = try id
        _ = try await host.request(.post, "sessions/\(first)/decline", as: .bob, json: [:])
        #expect(try await start().status == 200, "the answer was lost, and the window asked again")

        let again = try await start(peer: "alice-peer-2")

        #expect(again.status == 201)
        #expect(states(again.json["session"])[TestPerson.bob.id.rawValue] == "invited")
        let old = try await host.request(.get, "sessions/\(first)", as: .alice).json
        #expect(old["endedAt"]?.string != nil)
    }

    @Test func theSessionUnderWayIsFoundInItsChat() async throws {
        let path = "sessions?conversationId=\(chat.id.rawValue)&open=true"
        _ = try await start()
        _ = try await host.request(.post, "sessions/\(try id)/leave", as: .alice, json: ["peer": "alice-peer"])
        #expect(try await host.request(.get, path, as: .bob).json["items"]?.array?.isEmpty == true)

        // Ids are in the order of their moments.
        host.clock.advance(by: .seconds(1))
        _ = try await start()

        let items = try await host.request(.get, path, as: .bob).json["items"]?.array
        #expect(items?.map { $0["id"]?.string } == [try id])
    }

    @Test func aFifthIsRefused() async throws {
        _ = try await start()
        let session = try await host.store.read { [chat] db in
            try #require(try VideoSession.open(in: chat.id, of: chat.domain, in: db))
        }
        try await host.store.write { [host] db in
            var session = session
            for guest in ["g1", "g2", "g3"] {
                session = try host.plugin.sessions.join(
                    session, person: guest, guestName: guest, peer: "\(guest)-peer-x", in: db)
            }
        }

        let answer = try await start(as: .bob, peer: "bob-peer-1")

        #expect(answer.refusal?.id == "video.full")
    }

    @Test func signalsReachOnlyTheUserOfTheOtherWindow() async throws {
        _ = try await start()
        _ = try await start(as: .bob, peer: "bob-peer-1")
        let body: JSON = ["from": "alice-peer", "to": "bob-peer-1", "data": ["candidate": .null]]

        let answer = try await host.request(.post, "sessions/\(try id)/signals", as: .alice, json: body)

        #expect(answer.status == 204)
        let signal = try #require(host.events.signalled.first { $0.name == "video.signal" })
        #expect(signal.recipients == .users([TestPerson.bob.id]))
        #expect(signal.body["from"] == "alice-peer")
    }

    @Test func nobodySpeaksForAnothersWindow() async throws {
        _ = try await start()
        _ = try await start(as: .bob, peer: "bob-peer-1")
        let body: JSON = ["from": "alice-peer", "to": "bob-peer-1", "data": [:]]

        let answer = try await host.request(.post, "sessions/\(try id)/signals", as: .bob, json: body)

        #expect(answer.refusal?.id == "video.not-in")
    }

    @Test func anotherDomainFindsNothing() async throws {
        _ = try await start()

        #expect(try await host.request(.get, "sessions/\(try id)", as: .eve).status == 404)
    }
}
