import Hummingbird
import PatchbaySDK

/// One thing that the API answers. What it needs is part of it: there is no endpoint without its access.
struct Endpoint: Sendable {
    enum Access: Sendable, Equatable {
        /// Anybody, signed in or not. Written out, never a default.
        case anyone
        /// Anybody from the pages that may embed the portal, or from no page at all.
        case embedder
        /// A signed-in user with the permission.
        case user(Permission)
    }

    /// How the body is read before the handler runs.
    enum Body: Sendable, Equatable {
        case none
        /// JSON, valid by the OpenAPI document.
        case json(limitInBytes: Int)
        /// Bytes, as they are.
        case raw(limitInBytes: Int)
    }

    let method: HTTPRequest.Method
    let path: PathPattern
    let access: Access
    let body: Body
    let handle: Handler

    typealias Handler = @Sendable (APIRequest) async throws -> Response

    /// The key that the table, the OpenAPI document and the metrics share, such as `GET /people`.
    var name: String { "\(method.rawValue) \(path.text)" }

    static func get(_ path: String, _ access: Access, _ handle: @escaping Handler) -> Endpoint {
        Endpoint(method: .get, path: PathPattern(path), access: access, body: .none, handle: handle)
    }

    static func post(
        _ path: String, _ access: Access, _ body: Body = .json(limitInBytes: RequestLimit.jsonInBytes),
        _ handle: @escaping Handler
    ) -> Endpoint {
        Endpoint(method: .post, path: PathPattern(path), access: access, body: body, handle: handle)
    }

    static func put(
        _ path: String, _ access: Access, _ body: Body = .json(limitInBytes: RequestLimit.jsonInBytes),
        _ handle: @escaping Handler
    ) -> Endpoint {
        Endpoint(method: .put, path: PathPattern(path), access: access, body: body, handle: handle)
    }

    static func patch(_ path: String, _ access: Access, _ handle: @escaping Handler) -> Endpoint {
        Endpoint(
            method: .patch, path: PathPattern(path), access: access,
            body: .json(limitInBytes: RequestLimit.jsonInBytes), handle: handle)
    }

    static func delete(_ path: String, _ access: Access, _ handle: @escaping Handler) -> Endpoint {
        Endpoint(method: .delete, path: PathPattern(path), access: access, body: .none, handle: handle)
    }
}
