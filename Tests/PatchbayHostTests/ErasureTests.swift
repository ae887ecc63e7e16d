import Foundation
import Logging
import PatchbaySDK
import PatchbayTesting
import Synchronization
import Testing

@testable import PatchbayHost

@Suite struct ErasureTests {
    /// A plugin that keeps rows about people.
    private struct Keeper: RecordKeeper {
        let asked: @Sendable (ErasedPerson) -> Bool

        func forget(
            _ person: ErasedPerson, of domain: DomainID, atMost limit: Int, in db: Database
        ) throws -> Bool { asked(person) }
    }

    static let bob = ErasedPerson.outside("+16195550142")

    let office: Office
    let directory: DirectoryStore
    let files: URL
    let attachments: AttachmentStore
    let asked = Tally()

    init() async throws {
        office = try Office()
        directory = DirectoryStore(clock: office.clock, events: office.events, isSignedIn: { _ in false })
        files = office.folder.appending(path: "files")
        attachments = AttachmentStore(folder: files.path, store: office.store, clock: office.clock)
        try await office.arrive("The zanzibar order")
    }

    private var eraser: Eraser {
        Eraser(
            messaging: office.messaging, directory: directory, attachments: attachments,
            keepers: { [asked] in [Keeper { asked.add($0) }] }, isRunning: { _ in true }, log: Logger(label: "test"))
    }

    @discardableResult
    private func begin(_ person: ErasedPerson = bob) throws -> Erasure {
        try office.store.writeNow { [clock = office.clock] db in
            try Erasure.begin(
                person, of: Office.harbor, by: "ann", directory: directory, at: clock.now, in: db)
        }
    }

    private func hold(_ level: LegalHold.Level, _ subject: String) throws -> LegalHold {
        try office.store.writeNow { [clock = office.clock] db in
            try LegalHold.place(
                level, on: subject, of: Office.harbor, reason: "Case 7", by: "ann", at: clock.now, in: db)
        }
    }

    private func count(_ table: String) throws -> Int {
        try office.store.readNow { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    private func newest() throws -> Erasure {
        try #require(try office.store.readNow { db in try Erasure.erasures(of: Office.harbor, in: db).first })
    }

    /// Whether the bytes of `word` are in any file of the store's.
    private func isInFiles(_ word: String) throws -> Bool {
        let all = FileManager.default.enumerator(at: office.folder, includingPropertiesForKeys: nil)
        while let file = all?.nextObject() as? URL {
            if let bytes = try? Data(contentsOf: file), bytes.range(of: Data(word.utf8)) != nil { return true }
        }
        return false
    }

    private func fillBooks() throws {
        try office.store.writeNow { db in
            let book = office.messaging.contacts
            let numbers = ["+16195550142", "+16195550177"].map { ContactCard.Endpoint(label: "Mobile", value: $0) }
            try book.add(
                ContactDraft(name: "Bob Xylophone", isShared: false, numbers: [numbers[0]]), to: Office.harbor,
                owner: "ann", in: db)
            try book.add(
                ContactDraft(name: "Pine Ltd", isShared: true, numbers: numbers), to: Office.harbor, owner: nil, in: db)
            try db.execute(
                sql: """
                    INSERT INTO call (id, domainId, userId, clientId, plugin, kind, destination, name, state, startedAt,
                        endedAt) VALUES ('c', 'harbor.example', 'ann', 'c', 'pbx', 'number', '+16195550142',
                        'Bob Xylophone', 'ended', 0, 1)
                    """)
        }
    }

    @Test("D7: an erased number is gone: messages, files, words, contacts, calls; others' things stay")
    func everythingGoes() async throws {
        try fillBooks()
        let file = try await attachments.add(
            Array("quagga secrets".utf8), name: "plan.txt", mediaType: "text/plain", by: office.ann)
        let chat = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann)
        _ = try await office.messaging.send("Stays with Ben", to: chat.id, by: office.ann, clientID: "1")
        try office.store.writeNow { [file] db in
            try db.execute(
                sql: """
                    INSERT INTO attachmentUse SELECT ?, conversationId, sequence FROM message
                    WHERE text = 'The zanzibar order'
                    """, arguments: [file.id])
        }
        for turn in 0..<450 { try await office.arrive("Turn \(turn)") }
        while try await SearchIndex(store: office.store, clock: office.clock).indexSome() > 0 {}
        let before = try office.store.readNow { db in try Self.bob.counts(in: Office.harbor, db) }
        #expect(
            before == Erasure.Counts(conversations: 1, messages: 451, files: 1, scheduled: 0, contacts: 2, calls: 1))
        #expect(try isInFiles("zanzibar"))

        try begin()
        #expect(try await eraser.run() == nil)

        let texts = try office.store.readNow { db in try String.fetchAll(db, sql: "SELECT text FROM message") }
        #expect(texts == ["Stays with Ben"])
        #expect(try newest().state == .done)
        #expect(try newest().removed == before)
        #expect(try newest().person == .outside("…142"))
        for word in ["zanzibar", "quagga", "Xylophone", "6195550142"] { #expect(try !isInFiles(word), "\(word)") }
        #expect(try isInFiles("Stays with Ben"))
        #expect(try office.store.readNow { try String.fetchAll($0, sql: "SELECT name FROM contact") } == ["Pine Ltd"])
        #expect(asked.people == [Self.bob, Self.bob])
        let log = try office.store.readNow { db in
            try Row.fetchAll(db, sql: "SELECT subject, details FROM auditEntry WHERE action = 'erasure'")
        }
        #expect(log.map { $0["subject"] as String } == ["…142"])
        let details = try log.map { try JSON(parsing: $0["details"] as String) }
        #expect(details == [.object(before.json.merging(["kind": "outside", "pluginsNotAsked": []]) { $1 })])
        let next = try await office.arrive("A new beginning")
        #expect(next.sequence == 1)
    }

    @Test("D7: an erasure that was begun is finished by whoever runs next") func restart() async throws {
        for turn in 0..<250 { try await office.arrive("Turn \(turn)") }
        try begin()
        try begin()
        #expect(try count("erasure") == 1, "asked twice, it is one")
        let interrupted = Eraser(
            messaging: office.messaging, directory: directory, attachments: attachments,
            keepers: { [asked] in [Keeper { asked.add($0) }, Broken()] }, isRunning: { _ in true },
            log: Logger(label: "test"))
        #expect(try await interrupted.run() != nil)
        #expect(try newest().state == .removing)
        // As after a kill between the last row and the files.
        try office.store.writeNow { db in
            try db.execute(sql: "DELETE FROM message WHERE sequence <= 200")
        }

        #expect(try await eraser.run() == nil)

        #expect(try count("message") == 0)
        #expect(try count("conversation") == 0)
        #expect(try newest().state == .done)
    }

    private struct Broken: RecordKeeper {
        func forget(
            _ person: ErasedPerson, of domain: DomainID, atMost limit: Int, in db: Database
        ) throws -> Bool { throw PortalError.notFound("thing") }
    }

    @Test("D7: what still waits to be sent is waited for") func pendingIsWaitedFor() async throws {
        let sent = try await office.text("On its way", by: office.ann, clientID: "1")
        try begin()

        #expect(try await eraser.run() != nil)
        #expect(try count("message") == 1)

        try office.store.writeNow { db in
            _ = try office.messaging.setState(
                .accepted, reason: nil, of: sent.stored.message.id, isRetry: false, in: db)
        }
        #expect(try await eraser.run() == nil)
        #expect(try count("message") == 0)
    }

    @Test("D7: nobody is erased under a legal hold", arguments: LegalHold.Level.allCases)
    func holdRefuses(_ level: LegalHold.Level) async throws {
        let conversation = try office.inbox(of: office.ann)[0].conversation.id
        let subject = [.domain: "", .user: "ben", .conversation: conversation.rawValue][level] ?? ""
        let hold = try hold(level, subject)

        let refusal = #expect(throws: PortalError.self) { try begin() }
        #expect(refusal?.id == "records.held")
        #expect(try count("erasure") == 0)

        try office.store.writeNow { db in try LegalHold.lift(hold.id, of: Office.harbor, in: db) }
        try begin()
        let late = try self.hold(level, subject)
        #expect(try await eraser.run() != nil)
        #expect(try count("message") == 1, "placed after it began, it keeps what is left")
        try office.store.writeNow { db in try LegalHold.lift(late.id, of: Office.harbor, in: db) }
        #expect(try await eraser.run() == nil)
        #expect(try count("message") == 0)
    }

    @Test("D7: tabs are told that the conversation is gone") func tabsAreTold() async throws {
        try begin()
        _ = try await eraser.run()

        let told = try office.told("conversation.changed").suffix(2)
        #expect(told.count == 2, "Ann and Ben have the number")
        #expect(told.allSatisfy { $0["isDeleted"] == true && $0["isErased"] == true })
    }

    @Test("D7: an erased user is gone with what was theirs; what they wrote to others stays without a name")
    func userGoes() async throws {
        try fillBooks()
        _ = try await attachments.add(
            Array("quagga draft".utf8), name: "draft.txt", mediaType: "text/plain", by: office.ann)
        let chat = try await office.messaging.open(chatWith: ["ben"], title: nil, by: office.ann)
        _ = try await office.messaging.send("To Ben", to: chat.id, by: office.ann, clientID: "1")
        let alone = try await office.messaging.open(chatWith: ["cleo"], title: nil, by: office.ann)
        _ = try await office.messaging.send("To nobody left: okapi", to: alone.id, by: office.ann, clientID: "2")
        try office.store.writeNow { db in try directory.removeUser("cleo", of: Office.harbor, in: db) }

        try begin(.user("ann"))
        let ann = try office.store.readNow { db in try directory.known("ann", of: Office.harbor, in: db) }
        #expect(!ann.isEnabled, "at once")
        #expect(try await eraser.run() == nil)

        #expect(try office.store.readNow { db in try directory.find("ann", of: Office.harbor, in: db) } == nil)
        let texts = try office.store.readNow { try String.fetchAll($0, sql: "SELECT text FROM message ORDER BY text") }
        #expect(texts == ["The zanzibar order", "To Ben"])
        for word in ["Ann Whitfield", "quagga", "okapi", "Bob Xylophone"] { #expect(try !isInFiles(word), "\(word)") }
        #expect(try newest().removed.conversations == 1)
    }

    @Test("D7: a typed number is read in the domain's region; a short code stays one") func typed() {
        #expect(ErasedPerson(typed: "(619) 555-0142", region: "US") == Self.bob)
        #expect(ErasedPerson(typed: "12345", region: "US") == .outside("12345"))
        #expect(ErasedPerson(typed: " BankAlert ", region: "US") == .outside("BankAlert"))
    }
}

/// Who was asked about; it says once that there is more.
final class Tally: Sendable {
    private let state = Mutex<[ErasedPerson]>([])
    var people: [ErasedPerson] { state.withLock { $0 } }

    func add(_ person: ErasedPerson) -> Bool {
        state.withLock { people in
            people.append(person)
            return people.count == 1
        }
    }
}
