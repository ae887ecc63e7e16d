import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/…/numbers`: a domain's numbers and who uses them.
enum AdminNumberEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/domains/{domain}/numbers", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let page = try PageRequest(limit: request.limit, cursor: request.cursor)
            let query = request.query["query"]?.string ?? ""
            return .json(
                try await portal.store.read { db in
                    let domain = try portal.directory.administered(id, by: caller, in: db)
                    let found = try portal.numbers.numbers(of: id, matching: query, page, in: db)
                    return .page(found.items.map { $0.adminJSON(region: domain.region) }, next: found.next)
                })
        },
        .post("/admin/domains/{domain}/numbers", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let body = request.body
            return .json(
                try await portal.store.write { db in
                    let domain = try portal.directory.administered(id, by: caller, in: db)
                    try portal.administrationNews.tell(.numbers, of: id, in: db)
                    return try portal.numbers.add(
                        typed: body["number"]?.string ?? "", to: id, label: body["label"]?.string ?? "",
                        carrier: body["carrier"]?.string.map(PluginID.init(rawValue:)), in: db
                    ).adminJSON(region: domain.region)
                }, status: .created)
        },
        .get("/admin/numbers/{number}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let number = try request.number("number")
            return .json(
                try await portal.store.read { db in
                    let domain = try domain(of: number, administeredBy: caller, portal, in: db)
                    return try portal.numbers.known(number, of: domain.id, in: db).adminJSON(region: domain.region)
                })
        },
        .patch("/admin/numbers/{number}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let number = try request.number("number")
            var change = NumberChange()
            if let label = request.body["label"]?.string { change.label = .set(label) }
            if request.body.mentions("carrier") {
                change.carrier = .set(request.body["carrier"]?.string.map(PluginID.init(rawValue:)))
            }
            return .json(
                try await portal.store.write { [change] db in
                    let domain = try domain(of: number, administeredBy: caller, portal, in: db)
                    try portal.administrationNews.tell(.numbers, of: domain.id, in: db)
                    return try portal.numbers.update(number, of: domain.id, change, in: db)
                        .adminJSON(region: domain.region)
                })
        },
        .delete("/admin/numbers/{number}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let number = try request.number("number")
            try await portal.store.write { db in
                let domain = try domain(of: number, administeredBy: caller, portal, in: db)
                try portal.numbers.remove(number, of: domain.id, in: db)
                try portal.administrationNews.tell(.numbers, of: domain.id, in: db)
            }
            return .done
        },
        .put("/admin/numbers/{number}/users/{userId}", .user(.domainAdmin), .none) { request in
            let portal = request.portal
            let caller = try request.caller()
            let number = try request.number("number")
            let user: UserID = request.id("userId")
            try await portal.store.write { db in
                let domain = try domain(of: number, administeredBy: caller, portal, in: db)
                try portal.numbers.assign(number, to: user, of: domain.id, in: db)
                try portal.administrationNews.tell(.numbers, of: domain.id, in: db)
            }
            return .done
        },
        .delete("/admin/numbers/{number}/users/{userId}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let number = try request.number("number")
            let user: UserID = request.id("userId")
            try await portal.store.write { db in
                let domain = try domain(of: number, administeredBy: caller, portal, in: db)
                try portal.numbers.unassign(number, from: user, of: domain.id, in: db)
                try portal.administrationNews.tell(.numbers, of: domain.id, in: db)
            }
            return .done
        },
        .get("/admin/carriers", .user(.domainAdmin)) { request in
            let carriers = request.portal.plugins.running.filter { $0.instance is any SMSCarrier }
            let items = carriers.map { carrier -> JSON in
                ["id": .string(carrier.id.rawValue), "name": .string(carrier.description.name)]
            }
            return .json(try .page(items, of: request))
        },
    ]

    private static func domain(
        of number: PhoneNumber, administeredBy caller: Caller, _ portal: Portal, in db: Database
    ) throws -> Domain {
        guard let record = try portal.numbers.record(of: number, in: db),
            try portal.directory.mayAdminister(caller, record.domain, in: db)
        else { throw PortalError.notFound("number") }
        return try portal.directory.known(record.domain, in: db)
    }
}
