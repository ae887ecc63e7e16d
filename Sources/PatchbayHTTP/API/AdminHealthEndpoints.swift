import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/health`: how the server is.
enum AdminHealthEndpoints {
    static let all: [Endpoint] = [
        .get("/admin/health", .user(.systemAdmin)) { request in .json(try await request.portal.health()) },
        .post("/admin/health/integrity", .user(.systemAdmin), .none) { request in
            try await request.portal.checkIntegrity()
            return .json(try await request.portal.health())
        },
    ]
}
