import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Chat

@Suite struct ReadMarkTests {
    let host: TestHost<ChatPlugin>
    let chat: Conversation

    init() async throws {
        host = try await TestHost()
        chat = try host.conversations.makeChat(among: [.alice, .bob])
    }

    @Test func membersSeeHowFarOthersHaveRead() async throws {
        try host.conversations.markRead(chat, upTo: 3, by: .bob)

        let answer = try await host.request(.get, "conversations/\(chat.id)/reads", as: .alice)

        #expect(
            answer.json == ["items": [["userId": "user-alice", "upTo": 0], ["userId": "user-bob", "upTo": 3]]])
    }

    @Test(arguments: [TestPerson.olga, .eve])
    func strangerSeesNoMarks(stranger: TestPerson) async throws {
        let answer = try await host.request(.get, "conversations/\(chat.id)/reads", as: stranger)

        #expect(answer.status == 404)
    }

    @Test func smsConversationHasNoReadMarks() async throws {
        let sms = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)

        let answer = try await host.request(.get, "conversations/\(sms.id)/reads", as: .alice)

        #expect(answer.status == 404)
    }
}
