import Foundation
import PatchbaySDK

/// The HTTP methods that routes can have.
public enum TestMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

extension TestHost {
    /// Asks one of the plugin's routes as `person`, if they may.
    ///
    /// A `PortalError`, of the plugin or of the host's own checks, becomes an answer, as over HTTP.
    ///
    /// - Parameter path: Below the plugin's own, such as `numbers/12?limit=2`.
    /// - Throws: what the plugin throws besides `PortalError`: over HTTP a 500.
    public func request(
        _ method: TestMethod, _ path: String, as person: TestPerson, json: JSON? = nil, headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await answer {
            let (route, parameters) = try self.route(method.rawValue, path) { access in
                if case .user = access { true } else { false }
            }
            if case .user(let permission) = route.access {
                guard try await self.permissions.granted([permission], to: person.caller).contains(permission) else {
                    throw PortalError(
                        .forbidden, id: "permission.missing", "You need the permission \(permission) for this.")
                }
            }
            var headers = headers
            if json != nil { headers["content-type"] = "application/json" }
            return try await route.handle(
                PluginRequest(
                    method: method.rawValue, path: Address(path).path, parameters: parameters,
                    query: Address(path).query, headers: headers, body: json?.utf8 ?? [], caller: person.caller))
        }
    }

    /// Calls a webhook of the plugin: first its verification, then its deed.
    ///
    /// - Parameters:
    ///   - path: Below `/hooks/{plugin}/`, with its query.
    ///   - headers: Names in lower case.
    public func webhook(
        _ path: String, method: TestMethod = .get, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> TestAnswer {
        try await answer {
            let (route, parameters) = try self.route(method.rawValue, path) { access in
                if case .webhook = access { true } else { false }
            }
            let request = PluginRequest(
                method: method.rawValue, path: Address(path).path, parameters: parameters, query: Address(path).query,
                headers: headers, body: body)
            if case .webhook(let verify) = route.access { try verify(request) }
            return try await route.handle(request)
        }
    }

    /// Opens a public page of the plugin.
    ///
    /// - Parameter path: Below `/join/{plugin}/`, with its query.
    public func page(
        _ path: String, method: TestMethod = .get, json: JSON? = nil, headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await answer {
            let (route, parameters) = try self.route(method.rawValue, path) { access in
                if case .page = access { true } else { false }
            }
            return try await route.handle(
                PluginRequest(
                    method: method.rawValue, path: Address(path).path, parameters: parameters,
                    query: Address(path).query, headers: headers, body: json?.utf8 ?? []))
        }
    }

    private func answer(_ body: () async throws -> PluginResponse) async throws -> TestAnswer {
        do { return TestAnswer(try await body()) } catch let refusal as PortalError { return TestAnswer(refusal) }
    }

    private func route(
        _ method: String, _ path: String, where isMeant: (Route.Access) -> Bool
    ) throws -> (Route, [String: String]) {
        for route in plugin.routes where isMeant(route.access) && (route.method == method || route.method == "*") {
            if let parameters = Address(path).match(route.path) { return (route, parameters) }
        }
        throw PortalError.notFound("address")
    }
}

/// A path with its query, as a test writes it.
private struct Address {
    let path: String
    let query: [String: String]

    init(_ text: String) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        var query: [String: String] = [:]
        for pair in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = sides.map { $0.replacing("+", with: " ").removingPercentEncoding ?? String($0) }
            query[decoded[0]] = decoded.count > 1 ? decoded[1] : ""
        }
        self.query = query
    }

    /// What the `:name` segments of `pattern` match in the path; `nil` when it is another path.
    func match(_ pattern: String) -> [String: String]? {
        let expected = pattern.split(separator: "/")
        let given = path.split(separator: "/")
        guard expected.count == given.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, value) in zip(expected, given) {
            if segment.hasPrefix(":") {
                parameters[String(segment.dropFirst())] = value.removingPercentEncoding ?? String(value)
            } else if segment != value {
                return nil
            }
        }
        return parameters
    }
}
