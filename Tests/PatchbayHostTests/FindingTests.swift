import Foundation
import PatchbaySDK
import Testing

@testable import PatchbayHost

/// Conversations are found by whom they are with.
@Suite struct FindingTests {
    private let office: Office

    init() throws { office = try Office() }

    @Test(
        "S51: a conversation is found by name, company, number in any format, extension or the group's title",
        arguments: [
            ("bob", ["Bob Smith"]), ("SMITH bob", ["Bob Smith"]), ("joinery", ["Bob Smith"]),
            ("(619) 555-0142", ["Bob Smith"]), ("0142", ["Bob Smith"]), ("okafor", ["Van crew", "Ben Okafor"]),
            ("1002", ["Van crew", "Ben Okafor"]), ("van", ["Van crew"]), ("nobody", []), ("", []), ("%", []),
            ("' OR 1=1 --", []),
        ])
    func finding(typed: String, titles: [String]) async throws {
        try await talk()

        #expect(try found(typed, by: office.ann) == titles)
    }

    @Test("A6: a search by name shows nothing of somebody else's, of the other domain, or deleted")
    func findingOnlyOnesOwn() async throws {
        try await talk()

        let deleted = try office.inbox(of: office.ann).first { $0.title == "Bob Smith" }
        try await office.messaging.delete(try #require(deleted).conversation.id, by: office.ann)

        #expect(try found("bob", by: office.ann) == [])
        #expect(try found("okafor", by: office.cleo) == ["Van crew"])
        #expect(try found("0142", by: office.theo) == [])
        #expect(try found("ann", by: office.theo) == [])
    }

    @Test("S51: what a search by name finds comes page by page, newest activity first")
    func findingByPages() async throws {
        try await talk()
        let ann = office.ann

        let first = try office.store.readNow { db in
            try office.messaging.find("o", PageRequest(limit: 2), for: ann, in: db)
        }
        let second = try office.store.readNow { db in
            try office.messaging.find("o", PageRequest(limit: 2, cursor: first.next), for: ann, in: db)
        }

        #expect(first.items.map(\.title) == ["Van crew", "Ben Okafor"])
        #expect(second.items.map(\.title) == ["Bob Smith"])
        #expect(second.next == nil)
    }

    /// Ann has a text from Bob, a chat with Ben, and a group with Ben and Cleo.
    private func talk() async throws {
        let draft = ContactDraft(
            name: "Bob Smith", company: "Smith Joinery", isShared: false,
            numbers: [ContactCard.Endpoint(label: "Mobile", value: "+16195550142")])
        try await office.store.write { [office] db in
            _ = try office.messaging.contacts.add(draft, for: office.ann, in: db)
        }
        try await office.arrive("Is it ready?")
        let chat = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann)
        _ = try await office.messaging.send("Hi", to: chat.id, by: office.ann, clientID: "f1", from: nil)
        let group = try await office.messaging.open(chatWith: ["ben", "cleo"], title: "Van crew", by: office.ann)
        _ = try await office.messaging.send("Hi all", to: group.id, by: office.ann, clientID: "f2", from: nil)
    }

    private func found(_ typed: String, by caller: Caller) throws -> [String] {
        try office.store.readNow { db in
            try office.messaging.find(typed, .first, for: caller, in: db).items.map(\.title)
        }
    }
}
