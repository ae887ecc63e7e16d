import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Chat

@Suite struct TypingTests {
    let host: TestHost<ChatPlugin>
    let chat: Conversation

    init() async throws {
        host = try await TestHost()
        chat = try host.conversations.makeChat(among: [.alice, .bob, .olga], title: "Lunch")
    }

    private func type(as person: TestPerson) async throws -> TestAnswer {
        try await host.request(.post, "conversations/\(chat.id)/typing", as: person)
    }

    @Test func typingReachesTheOthersOnly() async throws {
        let answer = try await type(as: .alice)

        let signal = try #require(host.events.signalled.first)
        #expect(answer.status == 204)
        #expect(signal.name == "chat.typing")
        #expect(signal.recipients == .users([TestPerson.bob.id, TestPerson.olga.id]))
        #expect(signal.body["userId"] == "user-alice")
        #expect(try host.events.published.isEmpty)
    }

    @Test func typingIsSignalledOnceInTwoSeconds() async throws {
        _ = try await type(as: .alice)
        host.clock.advance(by: .milliseconds(1_999))
        let soon = try await type(as: .alice)
        let signalsBefore = host.events.signalled.count
        host.clock.advance(by: .milliseconds(1))
        _ = try await type(as: .alice)

        #expect(soon.status == 204)
        #expect(signalsBefore == 1)
        #expect(host.events.signalled.count == 2)
    }

    @Test func twoWritersDontSilenceEachOther() async throws {
        _ = try await type(as: .alice)
        _ = try await type(as: .bob)

        #expect(host.events.signalled.count == 2)
    }

    @Test(arguments: [TestPerson.eve])
    func strangerCannotAnnounceTyping(stranger: TestPerson) async throws {
        let answer = try await type(as: stranger)

        #expect(answer.status == 404)
        #expect(host.events.signalled.isEmpty)
    }

    @Test func paceForgetsOldWriters() {
        let pace = TypingPace()
        let start = host.clock.now
        let users = (0...2_000).map { UserID(rawValue: "user-\($0)") }

        let first = users.filter { pace.allows($0, in: chat.id, at: start) }
        let later = users.filter { pace.allows($0, in: chat.id, at: start.addingTimeInterval(2)) }

        #expect(first == users)
        #expect(later == users)
    }
}
