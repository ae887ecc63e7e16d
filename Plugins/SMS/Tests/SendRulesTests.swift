import PatchbaySDK
import PatchbayTesting
import Testing

@testable import SMS

@Suite struct SendRulesTests {
    let host: TestHost<SMSPlugin>
    let thread: Conversation

    init() async throws {
        host = try await TestHost(SMSPlugin.self)
        thread = try host.conversations.makeSMS(with: PhoneNumber.customer.e164, through: .acmeDesk)
    }

    private func refusal(
        _ text: String = "Hello", from: PhoneNumber? = .acmeDesk, as person: TestPerson = .alice,
        in conversation: Conversation? = nil, attachments: [AttachmentID] = []
    ) throws -> String? {
        let draft = Draft(
            conversation: conversation ?? thread, author: .user(person.id), text: text, from: from,
            attachments: attachments)
        let decision = try host.store.readNow { db in try host.plugin.check(draft, in: db) }
        guard case .refuse(let error) = decision else { return nil }
        return error.id
    }

    @Test func ownNumberWithSMSMaySend() throws {
        #expect(try refusal() == nil)
    }

    @Test func composerMayAskWithAnEmptyText() throws {
        #expect(try refusal("") == nil)
    }

    @Test("S35: only a number of one's own may send")
    func foreignNumberMayNot() throws {
        #expect(try refusal(from: .aliceDirect, as: .bob) == "sms.number-not-assigned")
        #expect(try refusal(from: .globexDesk) == "sms.number-not-assigned")
        #expect(try refusal(from: .customer) == "sms.number-not-assigned")
        #expect(try refusal(from: nil) == "sms.number-missing")
    }

    @Test func numberWithoutSMSMayNotSend() throws {
        try host.numbers.setSMS(false, of: .acmeDesk)

        #expect(try refusal() == "sms.number-without-sms")
    }

    @Test func numberWithoutCarrierMayNotSend() throws {
        try host.numbers.setCarrier(nil, of: .acmeDesk)

        #expect(try refusal("") == "sms.no-carrier")
    }

    @Test func carrierThatIsOffIsNamed() throws {
        host.carriers.set(nil, as: PluginID(rawValue: "simulator"))

        #expect(try refusal() == "sms.carrier-not-running")
    }

    @Test func namesCannotBeAnswered() throws {
        let bank = try host.conversations.makeSMS(with: "MyBank", through: .acmeDesk)
        let code = try host.conversations.makeSMS(with: "72404", through: .acmeDesk)

        #expect(try refusal(in: bank) == "sms.not-repliable")
        #expect(try refusal(in: code) == nil)
    }

    @Test func filesAreRefused() throws {
        #expect(try refusal(attachments: [AttachmentID(rawValue: "plan.pdf")]) == "sms.no-attachments")
    }

    @Test(arguments: [(1530, nil), (1531, "sms.text-too-long")] as [(Int, String?)])
    func tenSegmentsAreTheMost(_ length: Int, _ expected: String?) throws {
        #expect(try refusal(String(repeating: "a", count: length)) == expected)
    }

    @Test(arguments: [" ", "\n\t"]) func emptyTextIsRefused(_ text: String) throws {
        #expect(try refusal(text) == "sms.text-empty")
    }

    @Test func tooLongTextIsRefusedWithTheNumbers() async throws {
        let text = String(repeating: "я", count: 700)
        let error = await #expect(throws: PortalError.self) {
            try await host.send(text, in: thread, as: .alice, from: .acmeDesk)
        }

        #expect(error?.message.contains("11 SMS (700 characters)") == true)
        #expect(error?.message.contains("10 SMS (670 characters)") == true)
    }

    @Test func thirtyAMinuteAreTheMost() async throws {
        for number in 1...30 {
            _ = try await host.send("Message \(number)", in: thread, as: .alice, from: .acmeDesk)
            host.clock.advance(by: .seconds(1))
        }
        let later = try refusal("One more", as: .bob)
        let now = try refusal("One more")
        host.clock.advance(by: .seconds(31))
        let afterAWhile = try refusal("One more")

        #expect(now == "sms.too-many")
        #expect(later == nil)
        #expect(afterAWhile == nil)
    }

    @Test func otherKindsAreNoneOfItsBusiness() throws {
        let chat = try host.conversations.makeChat(among: [.alice, .bob])

        #expect(try refusal(from: nil, in: chat) == nil)
    }
}
