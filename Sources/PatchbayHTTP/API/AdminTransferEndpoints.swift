import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/domains/{domain}/import` and `/export`: many users, numbers and contacts at once, as CSV.
enum AdminTransferEndpoints {
    static let all: [Endpoint] = [
        .post(
            "/admin/domains/{domain}/import/{kind}", .user(.domainAdmin), .raw(limitInBytes: RequestLimit.importInBytes)
        ) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let kind = try kind(of: request)
            let isDryRun = request.query["dryRun"]?.bool ?? false
            try await portal.store.read { db in _ = try portal.directory.administered(id, by: caller, in: db) }
            let report = try await CSVImport(
                store: portal.store, directory: portal.directory, numbers: portal.numbers, contacts: portal.contacts
            ).run(kind, csv: request.bytes, into: id, by: caller, isDryRun: isDryRun)
            if !isDryRun, report.imported > 0 {
                try await portal.store.write { db in
                    try portal.administrationNews.tell(news(of: kind), of: id, in: db)
                }
            }
            return .json([
                "imported": .int(report.imported), "skipped": .int(report.skipped),
                "faults": .array(report.faults.map { ["line": .int($0.line), "reason": .string($0.reason)] }),
            ])
        },
        .get("/admin/domains/{domain}/export/{kind}", .user(.domainAdmin)) { request in
            let portal = request.portal
            let caller = try request.caller()
            let id: DomainID = request.id("domain")
            let kind = try kind(of: request)
            let csv = try await portal.store.read { db in
                _ = try portal.directory.administered(id, by: caller, in: db)
                return try portal.csvExport.csv(kind, of: id, in: db)
            }
            var response = Response.bytes(csv, type: "text/csv; charset=utf-8")
            response.headers[.contentDisposition] = AttachmentEndpoints.disposition(
                "attachment", name: "\(kind.rawValue)-\(id.rawValue).csv")
            response.headers[.cacheControl] = "no-store"
            return response
        },
    ]

    private static func kind(of request: APIRequest) throws(PortalError) -> ImportKind {
        guard let kind = ImportKind(rawValue: request.parameters["kind"] ?? "") else { throw .notFound("list") }
        return kind
    }

    private static func news(of kind: ImportKind) -> AdministrationNews.Kind {
        switch kind {
        case .users: .users
        case .numbers: .numbers
        case .contacts: .contacts
        }
    }
}
