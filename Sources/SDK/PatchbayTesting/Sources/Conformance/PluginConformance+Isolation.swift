import Foundation
import PatchbaySDK

extension PluginConformance {
    /// Seeds as Alice and lets Eve, of the other domain, ask every GET route, with every id of Alice's that there is.
    static func isolation<Tested: Plugin>(
        of host: TestHost<Tested>, seed: @Sendable (TestHost<Tested>, TestPerson) async throws -> Void
    ) async throws -> [Finding] {
        try await seed(host, .alice)
        let secrets = try secrets(of: .acme, in: host.store)
        guard !secrets.isEmpty else { return [] }

        var findings: [Finding] = []
        for route in host.plugin.routes where route.method == "GET" {
            guard case .user = route.access else { continue }
            for path in addresses(of: route, guessing: secrets) {
                let answer = try await host.request(.get, path, as: .eve)
                guard (200..<300).contains(answer.status) else { continue }
                let text = answer.text
                // What she guessed herself may come back to her; anything else is news.
                if let seen = secrets.first(where: { text.contains($0) && !path.contains($0) }) {
                    findings.append(
                        Finding(.isolation, "GET \(route.path) shows \"\(seen)\" of acme.example to globex.example."))
                    break
                }
            }
        }
        return findings
    }

    /// The most addresses that are tried for one route.
    private static let mostGuesses = 200

    private static func addresses(of route: Route, guessing secrets: Set<String>) -> [String] {
        guard route.path.contains(":") else { return [route.path] }
        return secrets.sorted().prefix(mostGuesses).map { secret in
            let guess = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
            let segments = route.path.split(separator: "/").map { $0.hasPrefix(":") ? guess : String($0) }
            return segments.joined(separator: "/")
        }
    }

    /// Every text in the rows of `domain` that occurs in no row of another domain, and is long enough not to occur by
    /// chance.
    private static func secrets(of domain: DomainID, in store: TestStore) throws -> Set<String> {
        try store.readNow { db in
            let tables = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT IN ('event', 'domain')
                    AND EXISTS (SELECT 1 FROM pragma_table_info(pragma_table_list.name) WHERE name = 'domainId')
                    """)
            var own: Set<String> = []
            var others: Set<String> = [domain.rawValue]
            for table in tables {
                for row in try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"") {
                    let isOwn = DomainID.fromDatabaseValue(row["domainId"]) == domain
                    let texts = row.databaseValues.compactMap { String.fromDatabaseValue($0) }.filter { $0.count > 5 }
                    if isOwn { own.formUnion(texts) } else { others.formUnion(texts) }
                }
            }
            return own.subtracting(others).subtracting(ordinaryWords)
        }
    }

    /// Values of enumerations, which every domain has.
    private static let ordinaryWords = Set(Scope.allCases.map(\.rawValue) + DeliveryState.allCases.map(\.rawValue))
}
