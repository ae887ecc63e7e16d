import PatchbaySDK

extension Permission {
    /// May see the figures of the domains in their charge.
    static let usageSee = Permission(rawValue: "usage.see")
    /// May have all figures counted anew.
    static let usageRecount = Permission(rawValue: "usage.recount")
}

extension UsageStatsPlugin {
    /// What the plugin answers, below `/api/v1/usage/`.
    @RouteBuilder public var routes: [Route] {
        Route.get("summary", requires: .usageSee) { try await summary($0) }
        Route.get("export", requires: .usageSee) { try await export($0) }
        Route.post("recount", requires: .usageRecount) { try await startRecount($0) }
    }

    private func summary(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let length = Self.length(of: request)
        let json: JSON = try await context.store.read { db in
            let domains = try shown(to: caller, request, in: db)
            // Nothing to see is an answer like another: the home page asks for everybody who may see figures.
            guard !domains.isEmpty else { return ["isShown": false] }
            return try Summary(context: context, recount: recount).json(of: domains, length: length, in: db)
        }
        // A domain that moved is seen here first when nothing happened in it since.
        if json["isCounting"] == true { recount.look() }
        return .json(json)
    }

    private func export(_ request: PluginRequest) async throws -> PluginResponse {
        let caller = try request.signedIn()
        let length = Self.length(of: request)
        let text = try await context.store.read { db in
            let periods = try shown(to: caller, request, in: db).map {
                Figures(domain: $0, days: Summary.period(length, of: $0, at: context.clock.now))
            }
            return try CSVExport.text(of: periods, directory: context.directory, in: db)
        }
        return PluginResponse(
            status: 200,
            headers: [
                "Content-Type": "text/csv; charset=utf-8",
                "Content-Disposition": "attachment; filename=\"sms-usage.csv\"",
            ], body: Array(text.utf8))
    }

    private func startRecount(_ request: PluginRequest) async throws -> PluginResponse {
        _ = try request.signedIn()
        try await recount.begin()
        return PluginResponse(status: 202)
    }

    /// The domains in the caller's charge in which SMS is on and at least one person has it (S67).
    private func shown(to caller: Caller, _ request: PluginRequest, in db: Database) throws -> [DomainRecord] {
        let domains = try context.oversight.domains(of: caller, in: db)
            .filter { try context.oversight.isInUse(PluginID(rawValue: "sms"), in: $0.id, db: db) }
        guard let wanted = request.query["domain"] else { return domains }
        guard let domain = domains.first(where: { $0.id.rawValue == wanted }) else {
            throw PortalError.notFound("domain")
        }
        return [domain]
    }

    private static func length(of request: PluginRequest) -> Int { request.query["days"].flatMap(Int.init) ?? 30 }
}
