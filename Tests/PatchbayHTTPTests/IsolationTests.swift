import PatchbaySDK
import Testing

@testable import PatchbayHTTP

/// A6, X1: nothing of one domain shows in another. The cases come from the endpoint table.
@Suite struct IsolationTests {
    /// What the places of each path take; a new endpoint without an entry fails the test.
    private static let places: [String: [String: String]] = [
        "/contacts/{id}": ["id": "contact"], "/conversations/{id}": ["id": "conversation"],
        "/conversations/{id}/messages": ["id": "conversation"], "/attachments/{id}": ["id": "attachment"],
        "/admin/domains/{domain}": ["domain": "domain"], "/admin/domains/{domain}/users": ["domain": "domain"],
        "/admin/users/{id}": ["id": "user"], "/admin/users/{id}/gates": ["id": "user"],
        "/admin/domains/{domain}/numbers": ["domain": "domain"], "/admin/numbers/{number}": ["number": "number"],
        "/admin/domains/{domain}/export/{kind}": ["domain": "domain", "kind": "list"],
        "/calls/{id}": ["id": "call"],
        "/admin/domains/{domain}/retention": ["domain": "domain"],
        "/admin/domains/{domain}/holds": ["domain": "domain"],
        "/admin/domains/{domain}/erasures": ["domain": "domain"],
        "/admin/domains/{domain}/export/conversations/{id}": ["domain": "domain", "id": "conversation"],
        "/admin/domains/{domain}/export/people/{id}": ["domain": "domain", "id": "user"],
    ]
    /// What is the same for everybody or the system's own, or an endless stream (tested apart).
    private static let apart: Set<String> = [
        "/events", "/openapi.json", "/admin/switches/{plugin}", "/admin/plugins/{id}",
    ]
    private static let queries = [
        "/search": "?query=Quokka", "/search/conversations": "?query=Quokka", "/recipients": "?query=Quokka",
    ]

    @Test("A6, X1: no GET route shows anything of another domain, by listing, by id or by search")
    func noRouteShowsAnythingOfAnotherDomain() async throws {
        let test = try await TestPortal.make()
        let gets = EndpointTable.core.endpoints.filter { $0.method == .get && !Self.apart.contains($0.path.text) }

        try await test.serving { caller in
            for endpoint in gets {
                let path = try Self.filled(endpoint.path.text, with: test.harborIDs)
                let login = endpoint.path.text.hasPrefix("/admin") ? TestPortal.theosManager : TestPortal.theo
                let answer = try await caller.ask(.get, "/api/v1" + path, as: login)
                let isForeign = endpoint.path.placeCount > 0
                let isSystems = endpoint.access == .user(.systemAdmin)
                #expect(answer.status == (isForeign ? 404 : isSystems ? 403 : 200), "\(path): \(answer.text)")
                #expect(!answer.text.contains(TestPortal.mark), "\(path)")
            }
        }
    }

    @Test("A6: what is hidden from the other domain is there for the own one")
    func theSameRoutesShowTheOwnDomain() async throws {
        let test = try await TestPortal.make()
        let gets = EndpointTable.core.endpoints.filter {
            $0.method == .get && $0.path.placeCount > 0 && !Self.apart.contains($0.path.text)
        }

        try await test.serving { caller in
            for endpoint in gets {
                let path = try Self.filled(endpoint.path.text, with: test.harborIDs)
                let answer = try await caller.ask(.get, "/api/v1" + path, as: TestPortal.olga)
                #expect(answer.status == 200, "\(path): \(answer.text)")
            }
        }
    }

    private static func filled(_ path: String, with ids: [String: String]) throws -> String {
        guard path.contains("{") else { return path + (queries[path] ?? "") }
        let places = try #require(places[path], "a new endpoint needs its case here: \(path)")
        return try places.reduce(path) { path, place in
            path.replacing("{\(place.key)}", with: try #require(ids[place.value]))
        }
    }
}
