import Foundation
import PatchbaySDK

/// The texts that people keep to be sent again: their own and the domain's.
///
/// As with contacts, everybody sees their own and the domain's, and may change what they see. All functions run in the
/// caller's transaction.
public struct TemplateBook: Sendable {
    private let clock: any PortalClock
    private let events: any Events

    init(clock: any PortalClock, events: any Events) {
        self.clock = clock
        self.events = events
    }

    /// The templates that `caller` sees, by name.
    public func templates(of caller: Caller, _ page: PageRequest, in db: Database) throws -> Page<MessageTemplate> {
        let start = try page.start()
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(MessageTemplate.columns), searchName FROM template
                WHERE domainId = ? AND (ownerId IS NULL OR ownerId = ?) AND (searchName, id) > (?, ?)
                ORDER BY searchName, id LIMIT ?
                """, arguments: [caller.domain, caller.user, start.key, start.id, page.limit + 1])
        return Page(rows.map(MessageTemplate.init), for: page) { (SearchText.folded($0.name), $0.id.rawValue) }
    }

    /// Keeps a template.
    ///
    /// - Throws: `PortalError` `templates.name-invalid`, `templates.text-invalid`, `templates.name-taken`,
    ///   `templates.too-many`.
    public func add(_ draft: TemplateDraft, for caller: Caller, in db: Database) throws -> MessageTemplate {
        let draft = try draft.checked()
        let owner = draft.isShared ? nil : caller.user
        try requireRoom(for: owner, of: caller.domain, in: db)
        try requireFree(draft.name, owner: owner, of: caller.domain, except: nil, in: db)
        let id = TemplateID(at: clock.now)
        try db.execute(
            sql: "INSERT INTO template (id, domainId, ownerId, name, searchName, text) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [id, caller.domain, owner, draft.name, SearchText.folded(draft.name), draft.text])
        try tell(id, of: caller.domain, owner: owner, in: db)
        return try known(id, for: caller, in: db)
    }

    /// Replaces all that a template holds. It may move between the caller's and the domain's.
    ///
    /// - Throws: `PortalError.notFound`, and what `add` throws.
    public func update(
        _ id: TemplateID, _ draft: TemplateDraft, for caller: Caller, in db: Database
    ) throws -> MessageTemplate {
        let former = try known(id, for: caller, in: db)
        let draft = try draft.checked()
        let owner = draft.isShared ? nil : caller.user
        try requireFree(draft.name, owner: owner, of: caller.domain, except: id, in: db)
        try db.execute(
            sql: "UPDATE template SET ownerId = ?, name = ?, searchName = ?, text = ? WHERE domainId = ? AND id = ?",
            arguments: [owner, draft.name, SearchText.folded(draft.name), draft.text, caller.domain, id])
        // For everybody else a template that was the domain's is gone.
        try tell(id, of: caller.domain, owner: former.isShared ? nil : owner, in: db)
        return try known(id, for: caller, in: db)
    }

    /// Deletes a template.
    ///
    /// - Throws: `PortalError.notFound`.
    public func remove(_ id: TemplateID, for caller: Caller, in db: Database) throws {
        let former = try known(id, for: caller, in: db)
        try db.execute(sql: "DELETE FROM template WHERE domainId = ? AND id = ?", arguments: [caller.domain, id])
        try tell(id, of: caller.domain, owner: former.owner, in: db)
    }

    /// The most templates that one owner keeps.
    private static let most = 500

    private func known(_ id: TemplateID, for caller: Caller, in db: Database) throws -> MessageTemplate {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT \(MessageTemplate.columns) FROM template
                WHERE domainId = ? AND id = ? AND (ownerId IS NULL OR ownerId = ?)
                """, arguments: [caller.domain, id, caller.user])
        guard let row else { throw PortalError.notFound("template") }
        return MessageTemplate(row)
    }

    private func requireRoom(for owner: UserID?, of domain: DomainID, in db: Database) throws {
        let count = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM template WHERE domainId = ? AND ownerId IS ?", arguments: [domain, owner])
        guard count ?? 0 < Self.most else {
            throw PortalError(
                .conflict, id: "templates.too-many", "There are \(Self.most) templates already. Delete one first.")
        }
    }

    private func requireFree(
        _ name: String, owner: UserID?, of domain: DomainID, except: TemplateID?, in db: Database
    ) throws {
        let isTaken = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM template
                    WHERE domainId = ? AND ownerId IS ? AND searchName = ? AND id IS NOT ?)
                """, arguments: [domain, owner, SearchText.folded(name), except])
        guard isTaken != true else {
            throw PortalError(
                .conflict, id: "templates.name-taken", "There is a template of this name already. Choose another name.")
        }
    }

    private func tell(_ id: TemplateID, of domain: DomainID, owner: UserID?, in db: Database) throws {
        let recipients = owner.map { Event.Recipients.users([$0]) } ?? .domain
        try events.publish(
            Event("template.changed", in: domain, to: recipients, ["templateId": .string(id.rawValue)]), in: db)
    }
}
