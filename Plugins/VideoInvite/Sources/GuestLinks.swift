import Foundation
import PatchbaySDK

/// Addresses that let somebody without an account into the video sessions of one conversation. The address holds a
/// token of 128 random bits; only its hash is stored.
struct GuestLinks: Sendable {
    let context: PluginContext

    /// A link as it is stored.
    struct Link: Sendable {
        let id: String
        let domain: DomainID
        let conversation: ConversationID
        let madeBy: UserID
        let expiresAt: Date

        var json: JSON {
            ["id": .string(id), "madeBy": .string(madeBy.rawValue), "expiresAt": .string(expiresAt.rfc3339)]
        }
    }

    /// Makes a link. Its token is shown this once.
    func make(
        for conversation: Conversation, by user: UserID, minutes: Int, in db: Database
    ) throws -> (link: Link, token: String) {
        let now = context.clock.now
        let token = Data(context.cryptography.randomBytes(16)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let link = Link(
            id: Identifier<Link>(at: now).rawValue, domain: conversation.domain, conversation: conversation.id,
            madeBy: user, expiresAt: now.addingTimeInterval(TimeInterval(minutes * 60)))
        try db.execute(
            sql: "INSERT INTO videoGuestLink VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                link.id, link.domain, link.conversation, user, hash(of: token), now.milliseconds,
                link.expiresAt.milliseconds,
            ])
        return (link, token)
    }

    /// The links of a conversation that still work.
    func list(of conversation: Conversation, in db: Database) throws -> [Link] {
        try fetch(
            "domainId = ? AND conversationId = ? AND expiresAt > ?",
            [conversation.domain, conversation.id, context.clock.now.milliseconds], in: db)
    }

    /// Ends a link at once. Guests who are in stay until they leave.
    ///
    /// - Throws: `PortalError.notFound`.
    func revoke(_ id: String, of conversation: Conversation, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM videoGuestLink WHERE domainId = ? AND conversationId = ? AND id = ?",
            arguments: [conversation.domain, conversation.id, id])
        if db.changesCount == 0 { throw PortalError.notFound("link") }
    }

    /// The link that `token` opens.
    ///
    /// - Throws: `PortalError.notFound` (`video.link-over`) when it is unknown, revoked or over: all look the same.
    func link(of token: String, in db: Database) throws -> Link {
        guard let link = try find(token, in: db) else { throw Self.over }
        return link
    }

    /// The link that `token` opens; `nil` when it is unknown, revoked or over.
    func find(_ token: String, in db: Database) throws -> Link? {
        try fetch(
            "tokenHash = ? AND expiresAt > ?", [hash(of: token), context.clock.now.milliseconds], in: db
        ).first
    }

    static let over = PortalError(
        .notFound, id: "video.link-over", "This link does not work any more. Ask for a new one.")

    private func fetch(_ condition: String, _ arguments: StatementArguments, in db: Database) throws -> [Link] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM videoGuestLink WHERE \(condition) ORDER BY id DESC LIMIT 100", arguments: arguments
        ).map { row in
            Link(
                id: row["id"], domain: row["domainId"], conversation: row["conversationId"], madeBy: row["madeBy"],
                expiresAt: Date(milliseconds: row["expiresAt"]))
        }
    }

    private func hash(of token: String) -> String { context.cryptography.hexDigest(token, .sha256) }
}
