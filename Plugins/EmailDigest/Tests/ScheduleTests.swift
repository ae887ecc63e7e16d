import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import EmailDigest

/// Who is told what, and when; the clock goes as the test wants.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ScheduleTests {
    private let bobs = "bob@acme.example"
    private let alices = "alice@acme.example"

    @Test("U1: a message that stays unread for a quarter of an hour is told once, by names and counts")
    func toldOnce() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()

        try await desk.host.whileRunning {
            try await desk.ready()
            let began = desk.host.clock.now
            _ = try await desk.host.send("The safe's code is 4711.", in: chat, as: .alice)
            try await desk.until { desk.messages(to: bobs).count == 1 }
            #expect(desk.host.clock.now.timeIntervalSince(began) >= 15 * 60)
            // The next message comes in the pause, and is told after it; the first isn't told again.
            _ = try await desk.host.send("Are you there?", in: chat, as: .alice)
            try await desk.until { desk.messages(to: bobs).count == 2 }
            #expect(desk.host.clock.now.timeIntervalSince(began) >= 75 * 60)
        }

        let told = desk.messages(to: bobs)
        #expect(told.allSatisfy { $0.contains("Subject: Unread message: Alice Ammann") })
        #expect(told.allSatisfy { $0.contains("1 unread message, since") && !$0.contains("4711") })
        #expect(desk.messages(to: alices).isEmpty)
    }

    @Test("U1: nothing of muted conversations; who muted nothing is told")
    func mutedIsNotTold() async throws {
        let desk = try await Desk()
        let chat = try desk.chat([.alice, .bob, .olga], title: "Van")
        desk.host.readers.change(.bob) { $0.muted = [chat.id] }

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { desk.messages(to: "olga@acme.example").count == 1 }
        }

        #expect(desk.mail.messages.count == 1)
    }

    @Test func whatWasReadMeanwhileIsNotTold() async throws {
        let desk = try await Desk()
        let (read, unread) = (try desk.chat(), try desk.chat([.alice, .olga]))

        try await desk.host.whileRunning {
            try await desk.ready()
            let message = try await desk.host.send("Hello", in: read, as: .alice)
            _ = try await desk.host.send("Hello", in: unread, as: .alice)
            try desk.host.conversations.markRead(read, upTo: message.sequence, by: .bob)
            try await desk.until { desk.messages(to: "olga@acme.example").count == 1 }
        }

        #expect(desk.mail.messages.count == 1)
    }

    @Test("who was in the portal a moment ago is told when they have been away long enough")
    func presentPeopleAreNotTold() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            let seen = desk.host.clock.now.addingTimeInterval(600)
            desk.host.readers.change(.bob) { $0.lastSeenAt = seen }
            try await desk.until { desk.messages(to: bobs).count == 1 }
            #expect(desk.host.clock.now.timeIntervalSince(seen) >= 15 * 60)
        }
    }

    @Test("switched off, or no address: none; the settings decide for those who never said")
    func choicesCount() async throws {
        let desk = try await Desk(settings: ["onByDefault": false])
        let chat = try desk.chat([.alice, .bob, .olga], title: "Van")
        _ = try await desk.host.request(.put, "digest", as: .olga, json: ["isOn": true])

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { desk.messages(to: "olga@acme.example").count == 1 }
        }

        #expect(desk.mail.messages.count == 1)
        #expect(try await desk.host.request(.get, "digest", as: .bob).json["isOn"] == false)
        desk.host.readers.change(.bob) { $0.email = nil }
        #expect(try await desk.host.request(.get, "digest", as: .bob).json["address"]?.string == nil)
    }

    @Test("texts stand in the e-mail only where the settings show them and the reader hides none")
    func textsAreASetting() async throws {
        let desk = try await Desk(settings: ["showsTexts": true])
        let chat = try desk.chat([.alice, .bob, .olga], title: "<Van> & co")
        desk.host.readers.change(.olga) { ways in
            ways.hidesText = true
            ways.language = "de"
        }

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("<b>loaded</b>", in: chat, as: .alice)
            try await desk.until { desk.mail.messages.count == 2 }
        }

        let bob = try #require(desk.messages(to: bobs).first)
        #expect(bob.contains("> Alice Ammann: <b>loaded</b>"))
        #expect(bob.contains("&lt;b&gt;loaded&lt;/b&gt;"))
        let olga = try #require(desk.messages(to: "olga@acme.example").first)
        #expect(!olga.contains("loaded"))
        #expect(olga.contains("Guten Tag Olga Oberholzer"))
        #expect(olga.contains("Content-Language: de"))
    }

    @Test("4xx is tried again, less and less often; 5xx is not")
    func refusals() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()
        desk.mail.behave { $0.answers["RCPT"] = "450 4.2.1 try later" }

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { desk.mail.commands.count { $0.hasPrefix("RCPT") } == 3 }
            desk.mail.behave { $0.answers["RCPT"] = nil }
            try await desk.until { desk.messages(to: bobs).count == 1 }
            desk.mail.behave { $0.answers["content"] = "554 5.7.1 spam" }
            _ = try await desk.host.send("Hello again", in: chat, as: .alice)
            try await desk.until { try desk.states() == ["sent", "failed"] }
        }

        let reason = try desk.host.store.readNow { db in
            try String.fetchOne(db, sql: "SELECT reason FROM emailDigest WHERE state = 'failed'")
        }
        #expect(reason?.contains("554 5.7.1 spam") == true)
        #expect(desk.mail.messages.count == 1)
    }

    @Test("a server that hangs up with its refusal has refused one e-mail, and stands in nobody else's way")
    func refusalAndHangUp() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()
        desk.mail.behave {
            $0.answers["RCPT"] = "550 5.1.1 no such person"
            $0.hangsUp = true
        }

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { try desk.states() == ["failed"] }
        }
    }

    @Test("a server that refuses everybody: the plugin says why, and nothing is lost")
    func serverTrouble() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()
        let error = await #expect(throws: PortalError.self) {
            try await desk.host.whileRunning {
                try await desk.ready()
                _ = try await desk.host.send("Hello", in: chat, as: .alice)
                desk.mail.behave { $0.password = "changed" }
                try await desk.until { false }
            }
        }

        #expect(error?.message.contains("refuses user name or password: 535 5.7.8") == true)
        #expect(error?.details["mend"]?.contains("\"password\"") == true)
        #expect(try desk.states() == ["queued"])
        desk.mail.behave { $0.password = "shh" }
        try await desk.host.whileRunning { try await desk.until { try desk.states() == ["sent"] } }
        #expect(desk.messages(to: bobs).count == 1)
    }

    @Test("what was under way when the program was killed goes out again, with the same Message-ID")
    func killed() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()
        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { try desk.states() == ["sent"] }
        }
        try desk.host.store.writeNow { db in try db.execute(sql: "UPDATE emailDigest SET state = 'sending'") }

        try await desk.host.whileRunning { try await desk.until { desk.messages(to: bobs).count == 2 } }

        let ids = desk.messages(to: bobs).map { message in
            message.components(separatedBy: "\r\n").first { $0.hasPrefix("Message-ID") }
        }
        #expect(ids[0] == ids[1])
    }

    @Test func whatWasReadBeforeTheServerCameBackIsDropped() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()
        desk.mail.behave { $0.answers["RCPT"] = "450 4.2.1 try later" }

        try await desk.host.whileRunning {
            try await desk.ready()
            let message = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { desk.mail.commands.contains { $0.hasPrefix("RCPT") } }
            try desk.host.conversations.markRead(chat, upTo: message.sequence, by: .bob)
            try await desk.until { try desk.states() == ["dropped"] }
        }

        #expect(desk.mail.messages.isEmpty)
    }

    @Test func messagesFromBeforeThePluginAreNotTold() async throws {
        let desk = try await Desk()
        let (old, new) = (try desk.chat(), try desk.chat([.alice, .olga]))
        _ = try await desk.host.send("From last week", in: old, as: .alice)
        desk.host.clock.advance(by: .seconds(60))

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: new, as: .alice)
            try await desk.until { desk.mail.messages.count == 1 }
        }

        #expect(desk.messages(to: bobs).isEmpty)
    }

    @Test("What the mail server has taken isn't sent again when the disk is full just then")
    func noSecondCopyAfterAFullDisk() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()
        desk.mail.behave { $0.onMessage = { [store = desk.host.store] in store.isFull = true } }

        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { desk.mail.messages.count == 1 }
            let fullSince = desk.host.clock.now
            try await eventually {
                desk.host.clock.advance(by: .seconds(1))
                return desk.host.clock.now.timeIntervalSince(fullSince) > 300
            }
            desk.host.store.isFull = false
            try await eventually {
                desk.host.clock.advance(by: .seconds(1))
                return try desk.states() == ["sent"]
            }
        }

        #expect(desk.mail.messages.count == 1)
        #expect((2...6).contains(desk.host.log.lines.count { $0.text == "sent digest not stored, trying again" }))
    }

    @Test func theFiguresCountDigests() async throws {
        let desk = try await Desk()
        let chat = try desk.chat()
        try await desk.host.whileRunning {
            try await desk.ready()
            _ = try await desk.host.send("Hello", in: chat, as: .alice)
            try await desk.until { try desk.states() == ["sent"] }
        }

        let gauges = try await desk.host.plugin.gauges()

        #expect(gauges.first { $0.labels["state"] == "sent" }?.value == 1)
        #expect(gauges.first { $0.labels["state"] == "failed" }?.value == 0)
    }
}
