import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite("Undo of deletions")
struct RestoringTests {
    let office: Office

    init() throws { office = try Office() }

    @Test("S25: a deleted conversation comes back as it was, unread and all")
    func conversationComesBack() async throws {
        let id = try await office.arrive("One").conversation
        try await office.arrive("Two")
        try await office.messaging.markRead(id, upTo: 1, by: office.ann)

        try await office.messaging.delete(id, by: office.ann)
        try await office.messaging.restore(id, by: office.ann)

        #expect(try office.texts(of: id, for: office.ann) == ["One", "Two"])
        #expect(try office.inbox(of: office.ann).map(\.unread) == [1])
        #expect(try office.inbox(of: office.ann).map(\.readUpTo) == [1])
    }

    @Test("S25: what was deleted before stays so when a later deletion is undone")
    func onlyTheLastDeletionIsUndone() async throws {
        let id = try await office.arrive("Old").conversation
        try await office.messaging.delete(id, by: office.ann)
        try await office.arrive("New")

        try await office.messaging.delete(id, by: office.ann)
        try await office.messaging.delete(id, by: office.ann)
        try await office.messaging.restore(id, by: office.ann)

        #expect(try office.texts(of: id, for: office.ann) == ["New"])
    }

    @Test("S25: nothing is undone once a new message has come, or where nothing was deleted", arguments: [true, false])
    func nothingToUndo(isDeleted: Bool) async throws {
        let id = try await office.arrive("Old").conversation
        if isDeleted { try await office.messaging.delete(id, by: office.ann) }
        try await office.arrive("New")

        let refusal = await #expect(throws: PortalError.self) {
            try await office.messaging.restore(id, by: office.ann)
        }

        #expect(refusal?.id == "conversation.not-deleted")
        #expect(try office.texts(of: id, for: office.ann) == (isDeleted ? ["New"] : ["Old", "New"]))
    }

    @Test("S25: a deleted message comes back, once")
    func messageComesBack() async throws {
        let message = try await office.arrive("One")
        try await office.messaging.delete(message.id, from: message.conversation, by: office.ann)

        let restored = try await office.messaging.restore(message.id, to: message.conversation, by: office.ann)
        let again = await #expect(throws: PortalError.self) {
            try await office.messaging.restore(message.id, to: message.conversation, by: office.ann)
        }

        #expect(restored.message.text == "One")
        #expect(try office.inbox(of: office.ann).map(\.unread) == [1])
        #expect(again?.id == "message.not-deleted")
        #expect(try office.texts(of: message.conversation, for: office.ann) == ["One"])
    }

    @Test("X1: nobody restores what they may not see")
    func strangersFindNothing() async throws {
        let message = try await office.arrive("One")
        try await office.messaging.delete(message.conversation, by: office.ann)

        for stranger in [office.cleo, office.theo] {
            await #expect(throws: PortalError.notFound("conversation")) {
                try await office.messaging.restore(message.conversation, by: stranger)
            }
            await #expect(throws: PortalError.notFound("conversation")) {
                try await office.messaging.restore(message.id, to: message.conversation, by: stranger)
            }
        }
    }
}
