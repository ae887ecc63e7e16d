import HTTPTypes
import Hummingbird
import PatchbaySDK

/// Lets the pages of other portals, named in the manifest, use the API with a bearer and load the dock's files (Fetch,
/// §3.2 CORS). No cookie is ever allowed with it, and every other origin stays outside.
struct CrossOrigin: Sendable {
    private static let methods = "GET, HEAD, POST, PUT, PATCH, DELETE"
    private static let requestHeaders = "authorization, content-type, last-event-id, patchbay-user"
    private static let answerHeaders = "retry-after, content-disposition, etag"
    private static let asksMethod = HTTPField.Name("Access-Control-Request-Method")!
    private static let allowOrigin = HTTPField.Name("Access-Control-Allow-Origin")!
    private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!

    private let origins: Set<String>

    /// - Parameter origins: In lower case, such as `https://portal.example`.
    init(origins: Set<String>) { self.origins = origins }

    /// Refuses what another page than those makes a browser send.
    ///
    /// - Throws: `PortalError.forbidden` (`request.cross-site`).
    func admit(_ request: Request) throws(PortalError) {
        guard let origin = request.headers[.origin] else { return }
        guard origins.contains(origin.lowercased()) else {
            throw PortalError(.forbidden, id: "request.cross-site", "This page may not show the dock.")
        }
    }

    /// The answer to a browser that asks before it sends; `nil` when nothing is asked, or by a stranger.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, request.headers[Self.asksMethod] != nil, Self.isAPI(request),
            allowed(request) != nil
        else { return nil }
        return Response(
            status: .noContent,
            headers: [
                HTTPField.Name("Access-Control-Allow-Methods")!: Self.methods,
                HTTPField.Name("Access-Control-Allow-Headers")!: Self.requestHeaders,
                HTTPField.Name("Access-Control-Max-Age")!: "600",
            ])
    }

    /// Says in an answer who may read it.
    func apply(to response: inout Response, for request: Request) {
        guard !origins.isEmpty else { return }
        let isAPI = Self.isAPI(request)
        // A page's script tag sends no origin, so who loads the files can't be told; they hold nothing of anybody.
        if !isAPI, Self.isDockFile(response) { response.headers[Self.resourcePolicy] = "cross-origin" }
        guard isAPI || response.headers[Self.resourcePolicy] != nil else { return }
        response.headers[.vary] = response.headers[.vary].map { "\($0), Origin" } ?? "Origin"
        guard let origin = allowed(request) else { return }
        response.headers[Self.allowOrigin] = origin
        if isAPI { response.headers[HTTPField.Name("Access-Control-Expose-Headers")!] = Self.answerHeaders }
    }

    private func allowed(_ request: Request) -> String? {
        guard let origin = request.headers[.origin], origins.contains(origin.lowercased()) else { return nil }
        return origin
    }

    private static func isAPI(_ request: Request) -> Bool { request.head.path?.hasPrefix("/api/v1/") == true }

    /// Scripts, styles, pictures and sounds; pages are shown by their own address only.
    private static func isDockFile(_ response: Response) -> Bool {
        guard response.status == .ok || response.status == .notModified, response.headers[.eTag] != nil else {
            return false
        }
        return response.headers[.contentType]?.hasPrefix("text/html") != true
    }
}
