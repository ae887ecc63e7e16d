import Foundation
import PatchbaySDK

/// The administrators' list of what was given up.
extension SMSRoutes {
    @Sendable func deadLetters(_ request: PluginRequest) async throws -> PluginResponse {
        let limit = try Self.limit(of: request)
        let before = try Self.cursor(of: request)
        let items = try await context.store.read { db in
            let domain = try domain(of: request, in: db)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT letter.*, fromNumber, remote FROM smsDeadLetter AS letter
                    JOIN smsOutbox AS entry ON entry.messageId = letter.messageId AND entry.part = 1
                    WHERE letter.domainId = ? AND letter.id < ? ORDER BY letter.id DESC LIMIT ?
                    """, arguments: [domain, before, limit + 1]
            ).map { row -> (id: Int, item: JSON) in
                let item: JSON = [
                    "messageId": .string(row["messageId"]), "from": .string(row["fromNumber"]),
                    "to": .string(row["remote"]), "reason": JSON(row["reason"] as String?),
                    "attempts": .int(row["attempts"]), "at": .string(Date(milliseconds: row["at"]).rfc3339),
                ]
                return (row["id"], item)
            }
        }
        let page = items.prefix(limit)
        let next = items.count > limit ? page.last.map { String($0.id) } : nil
        return .json(["items": .array(page.map(\.item)), "next": JSON(next)])
    }

    /// The domain that an administrator asks for; their own when they name none.
    ///
    /// - Throws: `PortalError.notFound` for one that isn't theirs.
    func domain(of request: PluginRequest, in db: Database) throws -> DomainID {
        let caller = try request.signedIn()
        guard let wanted = request.query["domain"].map(DomainID.init(rawValue:)) else { return caller.domain }
        guard try context.directory.mayAdminister(caller, wanted, in: db) else { throw PortalError.notFound("domain") }
        return wanted
    }

    static func limit(of request: PluginRequest) throws(PortalError) -> Int {
        guard let text = request.query["limit"] else { return 50 }
        guard let limit = Int(text), (1...200).contains(limit) else {
            throw PortalError(.invalid, id: "query.invalid", "limit must be a whole number from 1 to 200.")
        }
        return limit
    }

    static func cursor(of request: PluginRequest) throws(PortalError) -> Int {
        guard let text = request.query["cursor"] else { return .max }
        guard let cursor = Int(text) else {
            throw PortalError(.invalid, id: "query.invalid", "cursor must be the \"next\" of an earlier answer.")
        }
        return cursor
    }
}
