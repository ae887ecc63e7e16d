import Foundation
import PatchbaySDK

/// Everything of a conversation, or of a person, as one ZIP file: JSON Lines for programs, a page for people, files, and a
/// manifest with the hash of each.
public struct RecordExport: Sendable {
    /// What is exported.
    public enum Subject: Sendable, Equatable {
        /// One conversation with all its messages.
        case conversation(ConversationID)
        /// A user: profile, contacts, messages of their conversations, calls, sessions, rows of the audit log.
        case person(UserID)
    }

    private static let messagesAtATime = 500

    let store: PortalStore
    let attachments: AttachmentStore
    let clock: any PortalClock

    /// Makes exports from `store`; uploaded files lie in the folder beside it.
    public init(store: PortalStore, clock: any PortalClock) {
        self.store = store
        self.clock = clock
        attachments = AttachmentStore(folder: store.path + ".files", store: store, clock: clock)
    }

    /// Writes the ZIP file to `path`, from one snapshot of the store; nothing is left there when it fails.
    ///
    /// - Throws: `PortalError.notFound` for what isn't `domain`'s; `export.not-written`, `export.too-large`.
    public func write(_ subject: Subject, of domain: DomainID, to path: String) async throws {
        try await store.read { db in try write(subject, of: domain, to: path, in: db) }
    }

    /// As `write(_:of:to:)`, for commands.
    public func writeNow(_ subject: Subject, of domain: DomainID, to path: String) throws {
        try store.readNow { db in try write(subject, of: domain, to: path, in: db) }
    }

    private func write(_ subject: Subject, of domain: DomainID, to path: String, in db: Database) throws {
        try Self.requireThere(subject, of: domain, in: db)
        let zip = try ZipWriter(path: path, at: clock.now)
        do {
            var names = PeopleNames(domain: domain)
            switch subject {
            case .conversation(let id):
                try add([id], of: domain, to: zip, names: &names, title: "Conversation", facts: [], in: db)
            case .person(let id):
                let tables = PersonTables(user: id, domain: domain)
                try tables.add(to: zip, in: db)
                try add(
                    try tables.conversations(in: db), of: domain, seenBy: id, to: zip, names: &names,
                    title: try names.name(of: id, in: db), facts: try tables.facts(in: db), in: db)
            }
            try addManifest(subject, of: domain, to: zip)
            try zip.finish()
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    private static func requireThere(_ subject: Subject, of domain: DomainID, in db: Database) throws {
        let (table, id) =
            switch subject {
            case .conversation(let id): ("conversation", id.rawValue)
            case .person(let id): ("user", id.rawValue)
            }
        let isThere = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE domainId = ? AND id = ?)", arguments: [domain, id])
        guard isThere == true else { throw PortalError.notFound(table) }
    }

    /// The messages twice, for programs and for people, and their files.
    ///
    /// - Parameter reader: Whose messages are wanted: of a text conversation not what colleagues wrote and got by numbers
    ///   that aren't theirs.
    private func add(
        _ conversations: [ConversationID], of domain: DomainID, seenBy reader: UserID? = nil, to zip: ZipWriter,
        names: inout PeopleNames, title: String, facts: [(String, String)], in db: Database
    ) throws {
        try zip.add("messages.jsonl") { write in
            try Self.eachMessage(of: conversations, seenBy: reader, in: db) {
                try write($0.utf8 + [UInt8(ascii: "\n")])
            }
        }
        var page = names
        try zip.add("messages.html") { write in
            try write(Array((ExportPage.head(title: title) + ExportPage.facts(facts)).utf8))
            try Self.eachMessage(of: conversations, seenBy: reader, in: db) { stored in
                try write(Array(try Self.html(of: stored, names: &page, in: db).utf8))
            }
            try write(Array(ExportPage.foot.utf8))
        }
        names = page
        let ids = JSON.array(conversations.map { .string($0.rawValue) }).text
        let files = try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT attachment.* FROM attachmentUse JOIN attachment ON attachment.id = attachmentId
                WHERE domainId = ? AND conversationId IN (SELECT value FROM json_each(?)) ORDER BY attachment.id
                """, arguments: [domain, ids])
        for row in files {
            let file = Attachment(row: row)
            try zip.add("files/\(file.id.rawValue)-\(file.name.replacing("/", with: "_"))") { write in
                try write(try attachments.content(of: file))
            }
        }
    }

    private static func eachMessage(
        of conversations: [ConversationID], seenBy reader: UserID?, in db: Database,
        _ body: (StoredMessage) throws -> Void
    ) throws {
        let numbers = try reader.map { reader in
            Set(try String.fetchAll(db, sql: "SELECT number FROM numberUser WHERE userId = ?", arguments: [reader]))
        }
        for conversation in conversations {
            var last = 0
            while true {
                let page = try db.quickRows(
                    """
                    SELECT \(StoredMessage.columns) FROM message WHERE conversationId = ? AND sequence > ?
                    ORDER BY sequence LIMIT \(messagesAtATime)
                    """, .id(conversation), .integer(last)
                ) { try StoredMessage($0) }
                for stored in page where isSeen(stored.message, by: reader, with: numbers) { try body(stored) }
                guard let newest = page.last else { break }
                last = newest.message.sequence
            }
        }
    }

    /// - Parameter numbers: Those of the reader; `nil` when everybody's messages are wanted.
    private static func isSeen(_ message: Message, by reader: UserID?, with numbers: Set<String>?) -> Bool {
        guard let numbers, let via = message.via else { return true }
        return message.author == reader || numbers.contains(via.e164)
    }

    private static func html(of stored: StoredMessage, names: inout PeopleNames, in db: Database) throws -> String {
        let message = stored.message
        let author =
            try message.author.map { try names.name(of: $0, in: db) }
            ?? names.remote(of: message.conversation, isOurs: message.state != .received, in: db)
        return ExportPage.message(
            from: author, at: message.createdAt.rfc3339, text: message.text,
            files: (stored.attachments.array ?? []).compactMap { $0["name"]?.string },
            isOurs: message.state != .received, state: message.state.rawValue)
    }

    private func addManifest(_ subject: Subject, of domain: DomainID, to zip: ZipWriter) throws {
        let (kind, id) =
            switch subject {
            case .conversation(let id): ("conversation", id.rawValue)
            case .person(let id): ("person", id.rawValue)
            }
        let files = zip.entries.map { entry -> JSON in
            ["name": .string(entry.name), "sizeInBytes": .int(entry.size), "sha256": .string(entry.sha256)]
        }
        let manifest: JSON = [
            "kind": .string(kind), "id": .string(id), "domain": .string(domain.rawValue),
            "madeAt": .string(clock.now.rfc3339), "files": .array(files),
        ]
        try zip.add("manifest.json") { write in try write(manifest.utf8) }
    }
}
