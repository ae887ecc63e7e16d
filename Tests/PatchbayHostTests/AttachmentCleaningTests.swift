import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

@testable import PatchbayHost

@Suite struct AttachmentCleaningTests {
    let office: Office
    let attachments: AttachmentStore
    private let folder: URL

    init() throws {
        office = try Office()
        folder = office.folder.appending(path: "files")
        attachments = AttachmentStore(folder: folder.path, store: office.store, clock: office.clock)
    }

    private func upload(_ text: String, by caller: Caller) async throws -> PatchbayHost.Attachment {
        try await attachments.add(Array(text.utf8), name: "note.txt", mediaType: "text/plain", by: caller)
    }

    private var files: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.count > 2 }.sorted()
        }
    }

    @Test func uploadThatWasNeverSentGoesAfterAWeek() async throws {
        let chat = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann)
        let sent = try await upload("sent", by: office.ann)
        _ = try await office.messaging.send(
            "Here", to: chat.id, by: office.ann, clientID: "1", attachments: [sent.id])
        let unsent = try await upload("unsent", by: office.ann)
        try await attachments.clean()
        #expect(try await attachments.open(unsent.id, for: office.ann).bytes.count == 6)

        office.clock.advance(by: .seconds(AttachmentStore.unsentLife + 1))
        try await attachments.clean()

        await #expect(throws: PortalError.notFound("file")) { try await attachments.open(unsent.id, for: office.ann) }
        #expect(try await attachments.open(sent.id, for: office.ben).bytes == Array("sent".utf8))
        #expect(try files.count == 1)
    }

    @Test func filesOfARemovedDomainGoUnlessAnotherHasTheSame() async throws {
        _ = try await upload("theirs alone", by: office.theo)
        _ = try await upload("the same", by: office.theo)
        let ours = try await upload("the same", by: office.ann)
        #expect(try files.count == 2)

        try office.store.writeNow { db in try db.execute(sql: "DELETE FROM domain WHERE id = 'timber.example'") }
        try await attachments.clean()

        #expect(try files.count == 1)
        #expect(try await attachments.open(ours.id, for: office.ann).bytes == Array("the same".utf8))
    }

    @Test func uploadOfTheSameContentDuringTheCleaningKeepsItsFile() async throws {
        for _ in 1...40 {
            _ = try await upload("again and again", by: office.theo)
            try office.store.writeNow { db in try db.execute(sql: "DELETE FROM attachment") }
            let (attachments, ann) = (attachments, office.ann)

            async let cleaned: Void = attachments.clean()
            async let added = attachments.add(
                Array("again and again".utf8), name: "note.txt", mediaType: "text/plain", by: ann)
            let attachment = try await added
            try await cleaned

            #expect(try await attachments.open(attachment.id, for: ann).bytes.count == 15)
        }
    }

    @Test func whatAKilledServerHadBegunToWriteGoes() async throws {
        _ = try await upload("whole", by: office.ann)
        let place = folder.appending(path: try #require(try files.first)).deletingLastPathComponent()
        let (old, young) = (place.appending(path: ".begun-long-ago"), place.appending(path: ".begun-just-now"))
        for file in [old, young] { try Data("half".utf8).write(to: file) }
        try FileManager.default.setAttributes(
            [.modificationDate: Date.now.addingTimeInterval(-3700)], ofItemAtPath: old.path)

        try await attachments.clean()

        #expect(!FileManager.default.fileExists(atPath: old.path))
        #expect(FileManager.default.fileExists(atPath: young.path))
        #expect(try files.count == 2)
    }

    @Test func nothingIsRemovedOnNewsThatIsOld() {
        let uploads = UploadsUnderWay()
        var removed: [String] = []
        let before = uploads.moment
        uploads.begin("a")
        let during = uploads.moment
        uploads.unlessChanged(since: before, "b") { removed.append("begun since") }
        uploads.unlessChanged(since: during, "a") { removed.append("under way") }
        uploads.unlessChanged(since: during, "b") { removed.append("b") }
        uploads.end("a")
        uploads.unlessChanged(since: during, "a") { removed.append("ended since") }
        uploads.unlessChanged(since: uploads.moment, "a") { removed.append("a") }

        #expect(removed == ["b", "a"])
    }
}
