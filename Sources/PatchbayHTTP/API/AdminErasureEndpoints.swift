import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/domains/{domain}/erasures`: people whose data is removed for good.
enum AdminErasureEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/domains/{domain}/erasures", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let domain: DomainID = request.id("domain")
            let erasures = try await portal.store.read { db in
                _ = try portal.directory.administered(domain, by: caller, in: db)
                return try Erasure.erasures(of: domain, in: db)
            }
            return .json(try .page(erasures.map(json), of: request))
        },
        // What is typed stands in the body: addresses are written down by servers on the way.
        .post("/admin/domains/{domain}/erasures/preview", .user(.domainAdmin)) { request in
            let portal = request.portal
            return .json(
                try await portal.store.read { db in
                    let (person, domain) = try person(request, db)
                    var isHeld = false
                    do { try person.requireNotHeld(in: domain, db) } catch let error as PortalError {
                        guard error.id == "records.held" else { throw error }
                        isHeld = true
                    }
                    var preview = name(of: person)
                    preview["isHeld"] = .bool(isHeld)
                    preview["counts"] = .object(try person.counts(in: domain, db).json)
                    return .object(preview)
                })
        },
        .post("/admin/domains/{domain}/erasures", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let (erasure, user) = try await portal.store.write { db in
                let (person, domain) = try person(request, db)
                let erasure = try Erasure.begin(
                    person, of: domain, by: caller.user, directory: portal.directory, at: portal.clock.now, in: db)
                guard case .user(let id) = person else { return (erasure, nil as User?) }
                try portal.administrationNews.tell(.users, of: domain, in: db)
                return (erasure, try portal.directory.find(id, in: db))
            }
            if let user { try await AdminUserEndpoints.accessChanged(of: user, portal) }
            portal.erasureBell.ring()
            return .json(json(erasure), status: .accepted)
        },
    ]

    /// Whom the body names.
    ///
    /// - Throws: `PortalError.invalid` (`erasure.one-person`); `PortalError.conflict` (`directory.own-user`); what
    ///   `administered` throws.
    private static func person(_ request: APIRequest, _ db: Database) throws -> (ErasedPerson, DomainID) {
        let caller = try request.caller()
        let id: DomainID = request.id("domain")
        let domain = try request.portal.directory.administered(id, by: caller, in: db)
        let number = request.body["number"]?.string
        let user = request.body["user"]?.string.map(UserID.init(rawValue:))
        guard (number == nil) != (user == nil) else {
            throw PortalError(.invalid, id: "erasure.one-person", "Name either a number or a user.")
        }
        guard let user else { return (ErasedPerson(typed: number ?? "", region: domain.region), domain.id) }
        guard user != caller.user else {
            throw PortalError(.conflict, id: "directory.own-user", "You can't erase yourself.")
        }
        guard try request.portal.directory.administered(user, by: caller, in: db).domain == domain.id else {
            throw PortalError.notFound("user")
        }
        return (.user(user), domain.id)
    }

    private static func name(of person: ErasedPerson) -> [String: JSON] {
        switch person {
        case .outside(let remote): ["kind": "outside", "subject": .string(remote)]
        case .user(let id): ["kind": "user", "subject": .string(id.rawValue)]
        }
    }

    private static func json(_ erasure: Erasure) -> JSON {
        [
            "id": .string(erasure.id), "kind": .string(erasure.person.kind),
            // The number isn't told again, not even while it is still known.
            "subject": .string(erasure.person.masked),
            "isDone": .bool(erasure.state == .done),
            "requestedBy": JSON(erasure.requestedBy?.rawValue), "requestedAt": .string(erasure.requestedAt.rfc3339),
            "doneAt": JSON(erasure.doneAt?.rfc3339), "removed": .object(erasure.removed.json),
            "pluginsNotAsked": .array(erasure.notAsked.map { .string($0.rawValue) }),
        ]
    }
}
