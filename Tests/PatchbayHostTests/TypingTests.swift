import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

/// Who hears that somebody is writing. Each test's end is another signal, which is behind what should not have come.
@Suite struct TypingTests {
    let office: Office

    init() throws { office = try Office() }

    private func stream(of caller: Caller) async throws -> EventStream {
        try await office.events.subscribe(
            EventReader(user: caller.user, domain: caller.domain, session: caller.user.rawValue), after: nil)
    }

    /// Everything that has come on a stream so far.
    private func heard(_ stream: EventStream) async -> String {
        office.events.signal(Event("test.end", in: Office.harbor, to: .domain, [:]))
        var text = ""
        for await frame in stream {
            text += String(decoding: frame.bytes, as: UTF8.self)
            if text.contains("test.end") { break }
        }
        return text
    }

    private func count(_ text: String) -> Int { text.components(separatedBy: "event: conversation.typing").count - 1 }

    @Test("I5: who writes to a customer is seen by those who have that number, and by nobody else")
    func colleaguesOfTheNumberOnly() async throws {
        try await office.arrive("Hello", at: Office.desk)
        let conversation = try #require(try office.inbox(of: office.ann).first).conversation.id
        let (ann, ben, cleo) = (
            try await stream(of: office.ann), try await stream(of: office.ben), try await stream(of: office.cleo)
        )

        try await office.messaging.announceTyping(in: conversation, by: office.ann)

        let bens = await heard(ben)
        #expect(count(bens) == 1 && bens.contains("\"userId\":\"ann\""))
        #expect(count(await heard(ann)) == 0)
        #expect(count(await heard(cleo)) == 0)
    }

    @Test("I5: writing from a number of one's own is no news to colleagues who write to the same customer")
    func anotherNumberIsPrivate() async throws {
        try await office.arrive("Hello", at: Office.desk)
        try await office.arrive("Hello", at: Office.direct)
        let conversation = try #require(try office.inbox(of: office.ann).first).conversation.id
        try await office.messaging.setFrom(Office.direct, conversation, by: office.ann)
        let ben = try await stream(of: office.ben)

        try await office.messaging.announceTyping(in: conversation, by: office.ann)

        #expect(count(await heard(ben)) == 0)
    }

    @Test("In a chat the others hear it, once in two seconds for each writer") func chat() async throws {
        let chat = try await office.messaging.open(
            chatWith: [office.ben.user, office.cleo.user], title: "Lunch", by: office.ann
        ).id
        let cleo = try await stream(of: office.cleo)

        try await office.messaging.announceTyping(in: chat, by: office.ann)
        office.clock.advance(by: .milliseconds(1_999))
        try await office.messaging.announceTyping(in: chat, by: office.ann)
        try await office.messaging.announceTyping(in: chat, by: office.ben)
        office.clock.advance(by: .milliseconds(1))
        try await office.messaging.announceTyping(in: chat, by: office.ann)

        #expect(count(await heard(cleo)) == 3)
    }

    @Test("Who isn't in a conversation, or may not use it, announces nothing") func strangers() async throws {
        let chat = try await office.messaging.open(chatWith: [office.ben.user], title: nil, by: office.ann).id
        let ben = try await stream(of: office.ben)

        #expect(await refusal { try await office.messaging.announceTyping(in: chat, by: office.cleo) } == "not-found")
        try await office.store.write { [office] db in
            try Gates.setSwitch("chat", .user, subject: office.ann.user.rawValue, isOn: false, in: db)
        }
        let closed = await refusal { try await office.messaging.announceTyping(in: chat, by: office.ann) }
        #expect(closed == "gate.user-off")
        #expect(count(await heard(ben)) == 0)
    }

    @Test func thePaceForgetsOldWriters() {
        let (pace, start) = (TypingPace(), office.clock.now)
        let users = (0...2_000).map { UserID(rawValue: "user-\($0)") }
        let chat = ConversationID(rawValue: "lunch")

        let first = users.filter { pace.allows($0, in: chat, at: start) }
        let later = users.filter { pace.allows($0, in: chat, at: start.addingTimeInterval(2)) }

        #expect(first == users)
        #expect(later == users)
    }
}
