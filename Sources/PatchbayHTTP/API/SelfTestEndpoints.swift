import Hummingbird
import PatchbayHost
import PatchbaySDK

/// `/admin/plugins/{id}/self-test`: what an adapter finds out about its own connection.
enum SelfTestEndpoints {
    static let all: [Endpoint] = [
        .post("/admin/plugins/{id}/self-test", .user(.systemAdmin)) { request in
            let caller = try request.caller()
            let domain = request.body["domain"]?.string.map(DomainID.init(rawValue:)) ?? caller.domain
            let phone = request.body["extension"]?.string.map { TestedPhone(domain: domain, extension: $0) }
            let found = try await request.portal.selfTest(request.id("id"), of: phone)
            return .json(["items": .array(found.map(\.json))])
        }
    ]
}

extension Diagnosis {
    fileprivate var json: JSON {
        [
            "subject": .string(subject), "verdict": .string(verdict.rawValue), "finding": .string(finding),
            "mend": JSON(mend),
        ]
    }
}
