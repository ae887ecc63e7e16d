import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Chat

@Suite struct ChatTests {
    let host: TestHost<ChatPlugin>
    let chat: Conversation

    init() async throws {
        host = try await TestHost()
        chat = try host.conversations.makeChat(among: [.alice, .bob])
    }

    @Test("S44: a message to somebody who is offline is stored and counts as sent")
    func messageToOfflineUserIsSent() async throws {
        host.directory.setSignedIn(false, .bob)

        let message = try await host.send("Are you in?", in: chat, as: .alice)

        #expect(message.state == .sent)
        #expect(try host.conversations.messages(of: chat).map(\.text) == ["Are you in?"])
    }

    @Test("S45: news of a message is kept for every member, also those who are offline")
    func newsIsKeptForOfflineMembers() async throws {
        host.directory.setSignedIn(false, .bob)

        _ = try await host.send("Are you in?", in: chat, as: .alice)

        let news = try #require(host.events.published(named: "message.created").first)
        #expect(news.recipients == .users([TestPerson.alice.id, TestPerson.bob.id]))
    }

    @Test func sameClientIDIsTheSameMessage() async throws {
        let first = try await host.send("Hello", in: chat, as: .alice, clientID: "tab-1")
        let second = try await host.send("Hello", in: chat, as: .alice, clientID: "tab-1")

        #expect(first.id == second.id)
        #expect(try host.conversations.messages(of: chat).count == 1)
    }

    @Test(arguments: ["", " ", "\n\t \u{2003}"])
    func messageThatSaysNothingIsRefused(text: String) async throws {
        let refusal = await #expect(throws: PortalError.self) { try await host.send(text, in: chat, as: .alice) }

        #expect(refusal?.id == "chat.text-empty")
        #expect(try host.conversations.messages(of: chat).isEmpty)
    }

    @Test func emptyTextWithAnAttachmentIsSent() async throws {
        let draft = Draft(
            conversation: chat, author: .user(TestPerson.alice.id), text: "",
            attachments: [AttachmentID(rawValue: "plan.pdf")])

        let message = try await host.send(draft)

        #expect(message.state == .sent)
    }

    @Test func composerMayAskWithAnEmptyText() throws {
        let draft = Draft(conversation: chat, author: .user(TestPerson.alice.id), text: "")

        let decision = try host.store.readNow { db in try host.plugin.check(draft, in: db) }

        #expect(decision == .allow)
    }

    @Test func longestTextPassesAndOneMoreIsRefused() async throws {
        let message = try await host.send(String(repeating: "ä", count: 4_000), in: chat, as: .alice)
        let refusal = await #expect(throws: PortalError.self) {
            try await host.send(String(repeating: "ä", count: 4_001), in: chat, as: .alice)
        }

        #expect(message.text.count == 4_000)
        #expect(refusal?.id == "chat.text-too-long")
        #expect(refusal?.details == ["maximum": "4000"])
    }

    @Test func strangerCannotWrite() async throws {
        let refusal = await #expect(throws: PortalError.self) { try await host.send("Hi", in: chat, as: .olga) }

        #expect(refusal?.code == .notFound)
    }

    @Test func roomHoldsAHundredPeople() {
        let hundred = (1...100).map { UserID(rawValue: "user-\($0)") }
        let draft = Draft(conversation: chat, author: .user(hundred[0]), text: "Hello all")

        let full = Room.decision(on: draft, members: hundred)
        let overfull = Room.decision(on: draft, members: hundred + [UserID(rawValue: "user-101")])

        #expect(full == .allow)
        #expect(overfull.refusal?.id == "chat.room-full")
    }

    @Test func draftsOfOtherChannelsAreNotJudged() throws {
        let sms = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
        let draft = Draft(
            conversation: sms, author: .user(TestPerson.alice.id), text: String(repeating: "a", count: 5_000))

        #expect(try host.store.readNow { db in try host.plugin.check(draft, in: db) } == .allow)
    }

    @Test func pluginMayPostIntoARoom() async throws {
        let card = Draft(
            conversation: chat, author: .plugin(PluginID(rawValue: "video-invite")), text: "Alice invites you.")

        #expect(try await host.send(card).state == .sent)
    }

    @Test func keepsTheRulesOfTheHouse() async {
        let findings = await PluginConformance.findings(for: ChatPlugin.self) { host, person in
            let chat = try host.conversations.makeChat(among: [person, .bob])
            _ = try await host.send("Private", in: chat, as: person)
            try host.conversations.markRead(chat, upTo: 1, by: person)
        }

        #expect(findings.isEmpty)
    }
}

extension SendDecision {
    fileprivate var refusal: PortalError? { if case .refuse(let refusal) = self { refusal } else { nil } }
}
