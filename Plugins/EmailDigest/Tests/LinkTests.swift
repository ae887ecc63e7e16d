import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import EmailDigest

/// The links of an e-mail: they lead on, they stop the e-mails, and nobody makes them up.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LinkTests {
    /// Bob's e-mail about a chat with Alice.
    private func email(_ desk: Desk) async throws -> (message: String, chat: Conversation) {
        let chat = try desk.chat()
        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { desk.mail.messages.count == 1 }
        }
        return (try #require(desk.mail.messages.first), chat)
    }

    @Test func aLinkLeadsToTheConversationAndSignsNobodyIn() async throws {
        let desk = try await Desk()
        let (message, chat) = try await email(desk)

        let answer = try await desk.host.page(try Desk.link("open", in: message))

        #expect(answer.status == 303)
        #expect(answer.headers["location"] == "/messages/\(chat.id)")
        #expect(answer.headers["set-cookie"] == nil)
        #expect(answer.headers["referrer-policy"] == "no-referrer")
    }

    @Test func aLinkEndsSomeDay() async throws {
        let desk = try await Desk()
        let (message, _) = try await email(desk)
        let link = try Desk.link("open", in: message)

        // The clock has moved a little already, until the e-mail was out.
        desk.host.clock.advance(by: .seconds(6 * 24 * 3600))
        #expect(try await desk.host.page(link).status == 303)
        desk.host.clock.advance(by: .seconds(2 * 24 * 3600))
        let answer = try await desk.host.page(link, headers: ["accept-language": "de-CH"])

        #expect(answer.status == 410)
        #expect(answer.text.contains("Dieser Link ist zu alt"))
    }

    @Test("one changed character, another purpose, another installation's key: a sentence, and nothing else")
    func tamperedLinksAreRefused() async throws {
        let desk = try await Desk()
        let (message, _) = try await email(desk)
        let link = try Desk.link("open", in: message)
        let token = try #require(link.split(separator: "/").last.map(String.init))

        var tampered = stride(from: 0, to: token.count, by: 7).map { place in
            var characters = Array(token)
            characters[place] = characters[place] == "A" ? "B" : "A"
            return "open/\(String(characters))"
        }
        tampered += [
            "stop/\(token)", "open/\(token)x", "open/x", "open/.", "open/\(String(repeating: "a", count: 5000))",
        ]
        for path in tampered {
            let answer = try await desk.host.page(path)
            #expect(answer.status == 404, "\(path)")
            #expect(answer.text.contains("This link does not work"))
        }
    }

    @Test func aConversationThatIsGoneIsSaid() async throws {
        let desk = try await Desk()
        let (message, chat) = try await email(desk)
        try desk.host.store.writeNow { db in
            try db.execute(sql: "DELETE FROM member WHERE conversationId = ?", arguments: [chat.id])
        }

        let answer = try await desk.host.page(try Desk.link("open", in: message))

        #expect(answer.status == 404)
        #expect(answer.text.contains("not there any more"))
    }

    @Test("RFC 8058: looking stops nothing, one POST does; the page takes it back")
    func unsubscribing() async throws {
        let desk = try await Desk()
        let (message, _) = try await email(desk)
        let link = try Desk.link("stop", in: message)
        let isOn = { try await desk.host.request(.get, "digest", as: .bob).json["isOn"]?.bool }

        let page = try await desk.host.page(link)
        #expect(page.text.contains("b•••@acme.example") && !page.text.contains("bob@"))
        #expect(page.text.contains("<form method=\"post\">"))
        #expect(try await isOn() == true)

        let stopped = try await desk.host.page(link, method: .post)
        #expect(stopped.status == 200)
        #expect(try await isOn() == false)
        #expect(try await desk.host.request(.get, "digest", as: .alice).json["isOn"] == true)
        #expect(stopped.text.contains("value=\"on\""))
    }
}
