import Hummingbird
import PatchbaySDK

/// An answer that says what went wrong: `application/problem+json` (RFC 9457).
struct Problem: Sendable {
    let status: HTTPResponse.Status
    let id: String
    let detail: String
    var facts: [String: String] = [:]
    var headers: HTTPFields = [:]

    init(status: HTTPResponse.Status, id: String, detail: String, headers: HTTPFields = [:]) {
        self.status = status
        self.id = id
        self.detail = detail
        self.headers = headers
    }

    /// A refusal of the host or of a plugin, as it is.
    init(_ error: PortalError) {
        self.init(
            status: HTTPResponse.Status(code: error.status, reasonPhrase: Self.titles[error.status] ?? ""),
            id: error.id, detail: error.message)
        facts = error.details
        if let wait = error.retryAfter {
            headers[.retryAfter] = String(max(1, Int((wait / .seconds(1)).rounded(.up))))
        }
        if error.code == .unauthenticated { headers[.wwwAuthenticate] = "Bearer realm=\"patchbay\"" }
    }

    /// Something of ours broke. The caller gets a reference to the log line and nothing else.
    static func broken(reference: String) -> Problem {
        var problem = Problem(
            status: .internalServerError, id: "server.error",
            detail: "Something went wrong on our side. Try again; if it stays, tell your administrator the reference.")
        problem.facts = ["reference": reference]
        return problem
    }

    static let noSuchPage = Problem(PortalError(.notFound, id: "not-found", "There is nothing at this address."))

    static func methodNotAllowed(allow: [String]) -> Problem {
        Problem(
            status: .methodNotAllowed, id: "request.method-not-allowed",
            detail: "This address doesn't know that method; it knows \(allow.joined(separator: ", ")).",
            headers: [.allow: allow.joined(separator: ", ")])
    }

    private static let titles = [
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        409: "Conflict", 413: "Content Too Large", 429: "Too Many Requests", 500: "Internal Server Error",
        503: "Service Unavailable",
    ]

    var response: Response {
        var members: [String: JSON] = facts.mapValues { .string($0) }
        members["type"] = "about:blank"
        members["title"] = .string(Self.titles[status.code] ?? "Error")
        members["status"] = .int(status.code)
        members["id"] = .string(id)
        members["detail"] = .string(detail)
        var response = Response.json(.object(members), status: status)
        response.headers[.contentType] = "application/problem+json"
        response.headers[.cacheControl] = "no-store"
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension Response {
    /// A JSON answer.
    static func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> Response {
        bytes(value.utf8, type: "application/json", status: status)
    }

    /// An answer of `body` with its media type.
    static func bytes(_ body: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type, .contentLength: String(body.count)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// 204: done, nothing to say.
    static let done = Response(status: .noContent)
}
