import Crypto
import Foundation
import Glibc
import PatchbaySDK

/// A file that was uploaded.
public struct Attachment: Sendable {
    /// The upload's own id; several uploads may have the same content.
    public let id: AttachmentID
    /// The file's name as the sender had it; for display only, never a path.
    public let name: String
    /// The media type that was checked against the list of what is allowed.
    public let mediaType: String
    /// The size of the content, in bytes.
    public let sizeInBytes: Int
    let sha256: String

    /// As the API shows it.
    public var json: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "type": .string(mediaType), "size": .int(sizeInBytes),
        ]
    }
}

/// Files on disk, named by their SHA-256, so that the same content is kept once. Who may see one follows from the
/// conversations that it was sent in.
public struct AttachmentStore: Sendable {
    /// The largest file: 10 MiB.
    public static let mostBytes = 10 << 20

    let folder: URL
    let store: any Store
    let clock: any PortalClock
    let uploads = UploadsUnderWay()

    /// - Parameter path: The folder; it is made, readable by its owner only.
    public init(folder path: String, store: any Store, clock: any PortalClock) {
        folder = URL(filePath: path)
        self.store = store
        self.clock = clock
    }

    /// Keeps a file for `caller` to send.
    ///
    /// - Throws: `attachment.too-large`, `attachment.empty`; `store.full` when there is no room.
    public func add(_ bytes: [UInt8], name: String, mediaType: String, by caller: Caller) async throws -> Attachment {
        guard bytes.count <= Self.mostBytes else {
            throw PortalError(.tooLarge, id: "attachment.too-large", "A file may have 10 MB at most.")
        }
        guard !bytes.isEmpty else { throw PortalError(.invalid, id: "attachment.empty", "That file is empty.") }
        let digest = SHA256.hash(data: bytes).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        let attachment = Attachment(
            id: AttachmentID(at: clock.now), name: Self.harmless(name), mediaType: Self.harmless(mediaType: mediaType),
            sizeInBytes: bytes.count, sha256: digest)
        uploads.begin(digest)
        defer { uploads.end(digest) }
        try save(bytes, as: digest)
        try await store.write { [clock] db in
            try db.execute(
                sql: "INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    attachment.id, caller.domain, caller.user, digest, attachment.name, attachment.mediaType,
                    bytes.count, clock.now.milliseconds,
                ])
        }
        return attachment
    }

    /// The file, if `caller` uploaded it or takes part in a conversation that it was sent in.
    ///
    /// - Throws: `PortalError.notFound` otherwise.
    public func open(_ id: AttachmentID, for caller: Caller) async throws -> (attachment: Attachment, bytes: [UInt8]) {
        let attachment = try await store.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM attachment WHERE domainId = ?1 AND id = ?2 AND (userId = ?3 OR EXISTS (
                        SELECT 1 FROM attachmentUse JOIN member USING (conversationId)
                        WHERE attachmentId = ?2 AND member.userId = ?3 AND attachmentUse.sequence > member.hiddenUpTo))
                    """, arguments: [caller.domain, id, caller.user]
            ).map(Attachment.init(row:))
        }
        guard let attachment else { throw PortalError.notFound("file") }
        return (attachment, try Array(Data(contentsOf: file(attachment.sha256))))
    }

    /// What the draft's files are called, as the message keeps it.
    ///
    /// - Throws: `PortalError.notFound` for a file that the author didn't upload.
    static func describe(_ draft: Draft, in db: Database) throws -> JSON {
        .array(
            try draft.attachments.map { id in
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM attachment WHERE domainId = ? AND id = ? AND userId = ?",
                    arguments: [draft.conversation.domain, id, draft.author.user])
                guard let row else { throw PortalError.notFound("file") }
                return Attachment(row: row).json
            })
    }

    /// The bytes of a file, whoever asks: for exports.
    func content(of attachment: Attachment) throws -> [UInt8] {
        try Array(Data(contentsOf: file(attachment.sha256)))
    }

    private func file(_ digest: String) -> URL { folder.appending(path: "\(digest.prefix(2))/\(digest)") }

    /// Writes beside the place and moves, so that a name never holds half a file.
    private func save(_ bytes: [UInt8], as digest: String) throws {
        let place = file(digest)
        let beside = place.deletingLastPathComponent().appending(path: ".\(UUID().uuidString)")
        do {
            if FileManager.default.fileExists(atPath: place.path) { return }
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try Data(bytes).write(to: beside)
            let handle = try FileHandle(forWritingTo: beside)
            try handle.synchronize()
            try handle.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: beside.path)
            guard rename(beside.path, place.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
            // The new name is on disk only when its folder is.
            try Self.synchronize(place.deletingLastPathComponent())
        } catch {
            // What was begun takes room on a disk that may have none; cleaning removes what can't be removed now.
            try? FileManager.default.removeItem(at: beside)
            throw PortalError(
                .unavailable(retryAfter: .seconds(5)), id: "store.full",
                "The server can't write to its disk just now. Nothing was changed; please try again.")
        }
    }

    private static func synchronize(_ folder: URL) throws {
        let descriptor = Glibc.open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// A name without path, control characters or anything that a file system or header would choke on.
    private static func harmless(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let clean = String(last.unicodeScalars.filter { $0.properties.generalCategory != .control }.map(Character.init))
        let short = String(clean.prefix(120)).trimmingCharacters(in: .whitespaces)
        return short.isEmpty || short.allSatisfy { $0 == "." } ? "file" : short
    }

    private static func harmless(mediaType: String) -> String {
        let essence = mediaType.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        let isWellFormed = essence.wholeMatch(of: /[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,60}/) != nil
        return isWellFormed ? essence : "application/octet-stream"
    }
}

extension Attachment {
    init(row: Row) {
        self.init(
            id: row["id"], name: row["name"], mediaType: row["mediaType"], sizeInBytes: row["sizeInBytes"],
            sha256: row["sha256"])
    }
}
