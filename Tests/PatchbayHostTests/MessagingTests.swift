import PatchbaySDK
import Testing

@testable import PatchbayHost

@Suite("Messaging")
struct MessagingTests {
    let office: Office

    init() throws { office = try Office() }

    @Test("S1: what goes out and what comes in stand in one conversation")
    func oneConversationBothWays() async throws {
        let sent = try await office.text("Your table is ready.", by: office.ann, clientID: "c1")
        let answer = try await office.arrive("Thank you!")

        #expect(answer.conversation == sent.stored.message.conversation)
        let page = try office.store.readNow { db in
            try office.messaging.page(of: answer.conversation, .newest, limit: 50, for: office.ann, in: db)
        }
        #expect(page.items.map(\.message.text) == ["Your table is ready.", "Thank you!"])
        #expect(page.items.map(\.message.sequence) == [1, 2])
    }

    @Test("Promise 1: the same client id again is the same message")
    func repeatIsTheSameMessage() async throws {
        let first = try await office.text("Once", by: office.ann, clientID: "c1")
        let second = try await office.text("Once", by: office.ann, clientID: "c1")

        #expect(!first.isRepeat)
        #expect(second.isRepeat)
        #expect(second.stored.message.id == first.stored.message.id)
        #expect(try office.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM message") } == 1)
    }

    @Test("A refused message leaves nothing behind, not even a number in the sequence")
    func refusedMessageLeavesNothing() async throws {
        _ = try await office.text("First", by: office.ann, clientID: "c1")

        await #expect(throws: PortalError(.forbidden, id: "test.refused", "Not this.")) {
            try await office.text("forbidden", by: office.ann, clientID: "c2")
        }

        let next = try await office.text("Second", by: office.ann, clientID: "c3")
        #expect(next.stored.message.sequence == 2)
    }

    @Test("S35: a text from a colleague's number is seen by those who have that number only")
    func numbersDecideWhoSees() async throws {
        try await office.arrive("For the desk", at: Office.desk)
        try await office.arrive("For Ann", at: Office.direct)

        let annSees = try pageTexts(for: office.ann)
        let benSees = try pageTexts(for: office.ben)

        #expect(annSees == ["For the desk", "For Ann"])
        #expect(benSees == ["For the desk"])
        #expect(try office.inbox(of: office.ben).first?.last?.message.text == "For the desk")
    }

    @Test("X1: somebody else's conversation is not found, by member or by domain")
    func strangersFindNothing() async throws {
        let message = try await office.arrive("Hello")

        for stranger in [office.cleo, office.theo] {
            #expect(throws: PortalError.notFound("conversation")) {
                try office.store.readNow { db in
                    try office.messaging.page(of: message.conversation, .newest, limit: 10, for: stranger, in: db)
                }
            }
            #expect(
                try office.store.readNow { db in try office.messaging.seen(message.id, by: stranger, in: db) } == nil)
        }
    }

    @Test("S52: unread counts rise with arrivals and fall with reading, for each user apart")
    func unreadCounts() async throws {
        let first = try await office.arrive("One")
        try await office.arrive("Two")

        try await office.messaging.markRead(first.conversation, upTo: 1, by: office.ann)

        #expect(try office.inbox(of: office.ann).first?.unread == 1)
        #expect(try office.inbox(of: office.ben).first?.unread == 2)
        #expect(try office.inbox(of: office.ann, .unread).count == 1)
    }

    @Test("S52: an answer marks as read, and the author's other tabs hear of it, once")
    func answerMarksAsRead() async throws {
        let id = try await office.arrive("One").conversation
        _ = try await office.messaging.send("Yes", to: id, by: office.ann, clientID: "c1")
        // With this Ann claimed it: that news says how it stands for her, too.
        let claimed = try office.told("conversation.changed")
        try await office.arrive("Two")
        for clientID in ["c2", "c3"] {
            _ = try await office.messaging.send("Certainly", to: id, by: office.ann, clientID: clientID)
        }

        let told = try office.told("conversation.changed")

        #expect(claimed.map { $0["unread"] } == [0, 1])
        #expect(told.dropFirst(2).map { $0["unread"] } == [0])
        #expect(told.dropFirst(2).map { $0["readUpTo"] } == [4])
        #expect(try office.inbox(of: office.ben).first?.unread == 2)
    }

    @Test("S25: a message that is deleted before it was read is unread no more")
    func deletedMessageIsNotUnread() async throws {
        let kept = try await office.arrive("One")
        let deleted = try await office.arrive("Two")

        try await office.messaging.delete(deleted.id, from: deleted.conversation, by: office.ann)
        #expect(try office.inbox(of: office.ann).first?.unread == 1)
        #expect(try office.inbox(of: office.ben).first?.unread == 2)
        try await office.messaging.delete(kept.id, from: kept.conversation, by: office.ann)

        #expect(try office.inbox(of: office.ann).first?.unread == 0)
    }

    @Test("S25: a deleted conversation is gone for one user and comes back empty with the next message")
    func deletingIsForOneUser() async throws {
        let message = try await office.arrive("Old")
        try await office.messaging.delete(message.conversation, by: office.ann)

        #expect(try office.inbox(of: office.ann).isEmpty)
        #expect(try office.inbox(of: office.ben).count == 1)

        try await office.arrive("New")
        #expect(try pageTexts(for: office.ann) == ["New"])
        #expect(try pageTexts(for: office.ben) == ["Old", "New"])
    }

    @Test("S29: 500 messages page back to the first, none missing, none twice")
    func pagingBack() async throws {
        let opened = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann)
        for n in 1...500 {
            _ = try await office.messaging.send("\(n)", to: opened.id, by: office.ann, clientID: "c\(n)")
        }

        var seen: [Int] = []
        var anchor = PageAnchor.newest
        var hasOlder = true
        while hasOlder {
            let page = try office.store.readNow { [anchor] db in
                try office.messaging.page(of: opened.id, anchor, limit: 50, for: office.ben, in: db)
            }
            seen = page.items.map(\.message.sequence) + seen
            anchor = .before(seen[0])
            hasOlder = page.hasOlder
        }

        #expect(seen == Array(1...500))
    }

    @Test(
        "S11: a number is the same conversation however it is typed (U23)",
        arguments: ["(619) 555-0142", "619.555.0142", "+1 619 555 0142", "16195550142"])
    func spellingsOfANumber(typed: String) async throws {
        let first = try await office.messaging.open(smsTo: "+16195550142", from: nil, by: office.ann)
        let second = try await office.messaging.open(smsTo: typed, from: nil, by: office.ann)

        #expect(second.id == first.id)
    }

    @Test("S12: a colleague's extension can't be texted")
    func colleaguesGetAChat() async throws {
        await #expect {
            try await office.messaging.open(smsTo: "1002", from: nil, by: office.ann)
        } throws: { ($0 as? PortalError)?.id == "sms.on-net-user" }
    }

    @Test("S44: a chat to somebody who is away is stored and counted")
    func chatIsStoredForTheAbsent() async throws {
        let opened = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann)
        let sent = try await office.messaging.send("Lunch?", to: opened.id, by: office.ann, clientID: "c1")

        #expect(sent.stored.message.state == .sent)
        #expect(try office.inbox(of: office.ben).first?.unread == 1)
        #expect(try office.inbox(of: office.ann).first?.unread == 0)
    }

    @Test("U3: who gets a number sees its conversations, and who loses it no longer does")
    func assignmentDecides() async throws {
        let message = try await office.arrive("Hello")

        try office.store.writeNow { [office] db in try office.assign("cleo", db) }
        #expect(try office.inbox(of: office.cleo).map(\.conversation.id) == [message.conversation])

        try office.store.writeNow { [office] db in try office.unassign("cleo", db) }
        #expect(try office.inbox(of: office.cleo).isEmpty)
    }

    @Test("S52: who loses one of two numbers keeps unread what came to the other")
    func lostNumberTakesItsUnreadOnly() async throws {
        let id = try await office.arrive("For the desk").conversation
        try await office.arrive("For Ann", at: Office.direct)
        try await office.arrive("For Ann, too", at: Office.direct)
        #expect(try office.view(of: id, for: office.ann).unread == 3)

        try office.store.writeNow { [office] db in try office.unassign("ann", db) }

        #expect(try office.view(of: id, for: office.ann).unread == 2)
        #expect(try office.inbox(of: office.ann, .unread).map(\.conversation.id) == [id])
    }

    @Test("A delivery state moves forward only")
    func statesMoveForward() async throws {
        let sent = try await office.text("Hello", by: office.ann, clientID: "c1")
        let id = sent.stored.message.id

        let steps: [DeliveryState] = [.accepted, .delivered, .sent, .accepted]
        let changed = try steps.map { state in
            try office.store.writeNow { [office] db in
                try office.messaging.setState(state, reason: nil, of: id, isRetry: false, in: db)
            }
        }

        #expect(changed == [true, true, false, false])
    }

    @Test("U11: what the gate holds is stored so, goes when its author says so, and a repeat changes nothing")
    func heldMessage() async throws {
        let id = try await office.arrive("Are you open?").conversation
        func send(_ clientID: String, _ quietHours: Draft.QuietHours) async throws -> Sent {
            try await office.messaging.send(
                "at night", to: id, by: office.ann, clientID: clientID, quietHours: quietHours)
        }

        let held = try await send("c1", .hold)
        let again = try await send("c1", .send)
        let sent = try await send("c2", .send)

        #expect(held.stored.message.hold == Office.untilMorning)
        #expect(again.isRepeat && again.stored.message.hold == Office.untilMorning)
        #expect(sent.stored.message.hold == nil)
        try office.store.writeNow { [office] db in
            try office.messaging.setHold(nil, of: held.stored.message.id, in: db)
            #expect(try office.messaging.message(held.stored.message.id, in: db)?.hold == nil)
        }
    }

    @Test(
        "X4: a search finds what a user may see, and no query breaks it",
        arguments: ["table", "tab", "\"table", "table AND", "NEAR(", "*", "' OR 1=1 --", "scope:x", ""])
    func searching(typed: String) async throws {
        _ = try await office.text("Your table is ready.", by: office.ann, clientID: "c1")
        try await SearchIndex(store: office.store, clock: office.clock).indexSome()

        let annFinds = try find(typed, for: office.ann)
        let theoFinds = try find(typed, for: office.theo)

        #expect(annFinds == (typed.contains("tab") && !typed.contains("AND") ? 1 : 0))
        #expect(theoFinds == 0)
    }

    private func find(_ typed: String, for caller: Caller) throws -> Int {
        try office.store.readNow { db in try office.messaging.search(typed, .first, for: caller, in: db).items.count }
    }

    private func pageTexts(for caller: Caller) throws -> [String] {
        let view = try #require(try office.inbox(of: caller).first)
        return try office.store.readNow { db in
            try office.messaging.page(of: view.conversation.id, .newest, limit: 50, for: caller, in: db)
        }.items.map(\.message.text)
    }
}

extension Office {
    func assign(_ user: UserID, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO numberUser (number, userId, domainId) VALUES (?, ?, 'harbor.example')",
            arguments: [Self.desk, user])
        try Messaging.assignmentChanged(Self.desk, user, isAssigned: true, in: db)
    }

    func unassign(_ user: UserID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM numberUser WHERE number = ? AND userId = ?", arguments: [Self.desk, user])
        try Messaging.assignmentChanged(Self.desk, user, isAssigned: false, in: db)
    }
}
