/// Something a plugin answers over HTTP. What it needs is part of it: there is no route without its permission,
/// and no webhook without its verification.
public struct Route: Sendable {
    /// How the caller is let in.
    public enum Access: Sendable {
        /// A signed-in user with `permission`, for whom the plugin is switched on.
        case user(Permission)
        /// An outside system, under `/hooks/{plugin}/…`. Runs before anything else of the plugin; what it throws is the
        /// answer, and nothing is stored.
        case webhook(verify: @Sendable (PluginRequest) throws -> Void)
        /// Anybody, under `/join/{plugin}/…`; the host limits the rate per address.
        case page
    }

    /// The HTTP method in upper case; `*` for GET and POST of a webhook.
    public let method: String
    /// Path segments below the plugin's own; `:name` matches one segment and hands it over.
    public let path: String
    /// Who may call it.
    public let access: Access
    /// Answers a request. A `PortalError` that it throws becomes the HTTP answer as it is.
    public let handle: @Sendable (PluginRequest) async throws -> PluginResponse

    /// What answers a request.
    public typealias Handler = @Sendable (PluginRequest) async throws -> PluginResponse

    /// Makes a route by hand; the named forms below read better.
    public init(method: String, path: String, access: Access, handle: @escaping Handler) {
        self.method = method
        self.path = path
        self.access = access
        self.handle = handle
    }

    /// `GET /api/v1/{plugin}/{path}`.
    public static func get(_ path: String, requires permission: Permission, _ handle: @escaping Handler) -> Route {
        Route(method: "GET", path: path, access: .user(permission), handle: handle)
    }

    /// `POST /api/v1/{plugin}/{path}`, with a JSON body.
    public static func post(_ path: String, requires permission: Permission, _ handle: @escaping Handler) -> Route {
        Route(method: "POST", path: path, access: .user(permission), handle: handle)
    }

    /// `PUT /api/v1/{plugin}/{path}`, with a JSON body.
    public static func put(_ path: String, requires permission: Permission, _ handle: @escaping Handler) -> Route {
        Route(method: "PUT", path: path, access: .user(permission), handle: handle)
    }

    /// `DELETE /api/v1/{plugin}/{path}`.
    public static func delete(_ path: String, requires permission: Permission, _ handle: @escaping Handler) -> Route {
        Route(method: "DELETE", path: path, access: .user(permission), handle: handle)
    }

    /// `GET` and `POST /hooks/{plugin}/{path}`, after `verify` has accepted the request.
    public static func webhook(
        _ path: String, verify: @escaping @Sendable (PluginRequest) throws -> Void, _ handle: @escaping Handler
    ) -> Route {
        Route(method: "*", path: path, access: .webhook(verify: verify), handle: handle)
    }

    /// `GET /join/{plugin}/{path}`, for anybody who has the address.
    public static func page(_ path: String, _ handle: @escaping Handler) -> Route {
        Route(method: "GET", path: path, access: .page, handle: handle)
    }
}

/// Collects the routes that a plugin lists.
@resultBuilder
public enum RouteBuilder {
    /// Takes a route of the list.
    public static func buildExpression(_ route: Route) -> [Route] { [route] }
    /// Takes several routes at once, such as another builder's.
    public static func buildExpression(_ routes: [Route]) -> [Route] { routes }
    /// Joins the parts, in their order.
    public static func buildBlock(_ parts: [Route]...) -> [Route] { parts.flatMap { $0 } }
    /// Takes the routes of an `if` without `else`.
    public static func buildOptional(_ part: [Route]?) -> [Route] { part ?? [] }
    /// Takes the routes of an `if`.
    public static func buildEither(first: [Route]) -> [Route] { first }
    /// Takes the routes of an `else`.
    public static func buildEither(second: [Route]) -> [Route] { second }
}
