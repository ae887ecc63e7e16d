import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Deleted messages")
struct DeletedMessageTests {
    let office: Office

    init() throws { office = try Office() }

    @Test("S25: the list shows the newest message that its reader hasn't deleted, and the conversation keeps its place")
    func lastIsNewestKept() async throws {
        let first = try await office.arrive("One")
        office.clock.advance(by: .seconds(60))
        let second = try await office.arrive("Two")
        let moment = try #require(try office.inbox(of: office.ann).first?.json["lastAt"])

        try await delete(second, by: office.ann)
        #expect(try last(for: office.ann) == ["One"])
        #expect(try last(for: office.ben) == ["Two"])
        #expect(try office.inbox(of: office.ann).first?.json["lastAt"] == moment)
        try await delete(first, by: office.ann)
        #expect(try last(for: office.ann) == [nil])
        _ = try await office.messaging.restore(second.id, to: second.conversation, by: office.ann)

        #expect(try last(for: office.ann) == ["Two"])
    }

    @Test("S35: under a deleted message stands none of a number that the reader doesn't have")
    func lastIsOfOwnNumbers() async throws {
        try await office.arrive("For the desk")
        try await office.arrive("For Ann", at: Office.direct)
        let newest = try await office.arrive("For the desk again")

        for caller in [office.ann, office.ben] { try await delete(newest, by: caller) }

        #expect(try last(for: office.ben) == ["For the desk"])
        #expect(try last(for: office.ann) == ["For Ann"])
    }

    @Test("S25: under a deleted message stands none of what was deleted with the conversation")
    func lastIsOfThisTime() async throws {
        let old = try await office.arrive("Old")
        try await office.messaging.delete(old.conversation, by: office.ann)
        let new = try await office.arrive("New")

        try await delete(new, by: office.ann)

        #expect(try last(for: office.ann) == [nil])
    }

    @Test("S25: the reader's other tabs are told which message is gone, and nobody else is")
    func tabsAreTold() async throws {
        try await office.arrive("One")
        let second = try await office.arrive("Two")

        try await delete(second, by: office.ann)

        let told = try office.told("conversation.changed")
        #expect(told.map { $0["removed"] } == [[[2, 2]]])
        #expect(told.map { $0["unread"] } == [1])
    }

    @Test("S25: the reader's other tabs get a message back whose deletion is undone")
    func tabsGetItBack() async throws {
        let message = try await office.arrive("One")
        try await delete(message, by: office.ann)

        _ = try await office.messaging.restore(message.id, to: message.conversation, by: office.ann)

        #expect(try office.told("message.changed").map { $0["sequence"] } == [1])
    }

    private func delete(_ message: Message, by caller: Caller) async throws {
        try await office.messaging.delete(message.id, from: message.conversation, by: caller)
    }

    private func last(for caller: Caller) throws -> [String?] {
        try office.inbox(of: caller).map { $0.last?.message.text }
    }
}
