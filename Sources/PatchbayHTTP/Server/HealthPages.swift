import Hummingbird
import PatchbayHost
import PatchbaySDK

/// What watches the server: `/healthz`, `/readyz` and `/metrics`.
struct HealthPages: Sendable {
    let services: PortalServices

    func answer(_ call: Call) async throws -> Response {
        guard call.method == .get else { return Problem.methodNotAllowed(allow: ["GET", "HEAD"]).response }
        let page = call.target.path[0]
        call.route.set("/\(page)")
        switch page {
        case "healthz": return .json(["status": "ok"])
        case "readyz": return await readiness()
        default: return try await metrics(call)
        }
    }

    /// Ready means: what people send can be stored.
    private func readiness() async -> Response {
        let store = await storeFault()
        let troubled = services.portal.plugins.statuses.filter { $0.state == .declined || $0.state == .degraded }
        let checks: JSON = [
            "store": .string(store ?? "ok"),
            "plugins": .string(
                troubled.isEmpty ? "ok" : "in trouble: " + troubled.map(\.id.rawValue).joined(separator: ", ")),
        ]
        return .json(
            ["status": store == nil ? "ok" : "unavailable", "checks": checks],
            status: store == nil ? .ok : .serviceUnavailable)
    }

    private func storeFault() async -> String? {
        let now = services.portal.clock.now.milliseconds
        do {
            try await services.portal.store.write { db in
                try db.execute(
                    sql: "INSERT INTO meta VALUES ('readyAt', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
                    arguments: [String(now)])
            }
            return nil
        } catch let refusal as PortalError {
            return refusal.message
        } catch {
            return "The store can't be written."
        }
    }

    /// For this machine without more ado, for others with an administrator's token.
    private func metrics(_ call: Call) async throws -> Response {
        let isForwarded = call.request.headers[PortalContext.forwardedFor] != nil
        if !call.context.isLocal || isForwarded {
            _ = try await services.authentication.admit(call, to: .user(.systemAdmin))
        }
        let text = services.metrics.text(with: await MetricsPage(portal: services.portal).families())
        return .bytes(Array(text.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
    }
}
