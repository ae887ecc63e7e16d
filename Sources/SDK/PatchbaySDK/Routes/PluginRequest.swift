import Foundation

/// Who is asking: a signed-in user.
public struct Caller: Sendable, Equatable {
    /// The user's id.
    public let user: UserID
    /// The user's domain; every query names it first.
    public let domain: DomainID
    /// What kind of user it is; permissions have been narrowed by it already.
    public let scope: Scope

    /// Makes a caller; the host does it for every request, tests by hand.
    public init(user: UserID, domain: DomainID, scope: Scope) {
        self.user = user
        self.domain = domain
        self.scope = scope
    }
}

/// An HTTP request that the host has let through to a plugin.
public struct PluginRequest: Sendable {
    /// The HTTP method, in upper case.
    public let method: String
    /// The path below the plugin's own, without the query.
    public let path: String
    /// What the `:name` segments of the route matched.
    public let parameters: [String: String]
    /// The query's pairs, decoded; of a name that occurs twice, the last.
    public let query: [String: String]
    /// Header names in lower case.
    public let headers: [String: String]
    /// At most 1 MiB.
    public let body: [UInt8]
    /// `nil` for webhooks and public pages.
    public let caller: Caller?

    /// Makes a request; the host makes them from the wire, tests by hand.
    public init(
        method: String, path: String, parameters: [String: String] = [:], query: [String: String] = [:],
        headers: [String: String] = [:], body: [UInt8] = [], caller: Caller? = nil
    ) {
        self.method = method
        self.path = path
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.caller = caller
    }

    /// The caller of a route that requires a permission.
    ///
    /// - Throws: `PortalError.unauthenticated` on a route that has none.
    public func signedIn() throws(PortalError) -> Caller {
        guard let caller else {
            throw PortalError(.unauthenticated, id: "session.required", "Sign in first.")
        }
        return caller
    }

    /// The body as JSON, valid by `schema`.
    ///
    /// - Throws: `PortalError.invalid` (`body.not-json`, `body.invalid`) naming the place that is wrong.
    public func json(_ schema: Schema) throws(PortalError) -> JSON {
        let value: JSON
        do { value = try JSON(parsing: body) } catch {
            throw PortalError(.invalid, id: "body.not-json", "The body is not valid JSON: \(error).")
        }
        if let fault = schema.faults(in: value).first {
            throw PortalError(
                .invalid, id: "body.invalid", "The body can't be used: \(fault).",
                details: ["place": fault.place, "reason": fault.reason])
        }
        return value
    }

    /// What the route's segment `:name` matched, as an id.
    public func id<Kind>(_ name: String, _: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind> {
        Identifier(rawValue: parameters[name] ?? "")
    }
}

/// What a plugin answers.
public struct PluginResponse: Sendable {
    /// The HTTP status, 200 to 599.
    public let status: Int
    /// Header fields.
    public let headers: [String: String]
    /// The body; empty for none.
    public let body: [UInt8]

    /// Makes an answer by hand; `json`, `text` and `done` read better.
    public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A JSON answer.
    public static func json(_ value: JSON, status: Int = 200) -> PluginResponse {
        PluginResponse(status: status, headers: ["content-type": "application/json"], body: value.utf8)
    }

    /// A plain-text answer.
    public static func text(_ text: String, status: Int = 200) -> PluginResponse {
        PluginResponse(status: status, headers: ["content-type": "text/plain; charset=utf-8"], body: Array(text.utf8))
    }

    /// 204: done, nothing to say.
    public static let done = PluginResponse(status: 204)
}
