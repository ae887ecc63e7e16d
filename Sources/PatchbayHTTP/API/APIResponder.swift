import Hummingbird
import PatchbayHost
import PatchbaySDK

/// Answers `/api/v1`: who is asking, may they, is the request sound, then the endpoint.
struct APIResponder: Sendable {
    let services: PortalServices
    let plugins: PluginDispatch
    private let table = EndpointTable.core

    init(services: PortalServices, plugins: PluginDispatch) {
        self.services = services
        self.plugins = plugins
    }

    func answer(_ call: Call) async throws -> Response {
        let path = Array(call.target.path.dropFirst(2))
        switch table.find(call.method, path) {
        case .found(let endpoint, let parameters): return try await answer(call, endpoint, parameters)
        case .otherMethods(let methods): return Problem.methodNotAllowed(allow: methods).response
        case .nothing: return try await plugins.api(call, path)
        }
    }

    private func answer(_ call: Call, _ endpoint: Endpoint, _ parameters: [String: String]) async throws -> Response {
        call.route.set("/api/v1\(endpoint.path.text)")
        let identity = try await services.authentication.admit(call, to: endpoint.access)
        guard let operation = services.documents.current().operation(endpoint.name) else {
            throw UndocumentedEndpoint(name: endpoint.name)
        }
        try operation.check(path: parameters)
        let query = try operation.checked(query: call.target.queryByName)
        var body = JSON.null
        var bytes: [UInt8] = []
        switch endpoint.body {
        case .none: break
        case .json(let limit):
            bytes = try await BodyReader(limitInBytes: limit, timeout: RequestLimit.bodyTimeout)
                .read(call.request, on: call.context.channel)
            if !bytes.isEmpty { try ContentType.require(["application/json"], of: call.request) }
            body = try operation.checked(body: bytes)
        case .raw(let limit):
            try ContentType.require(operation.bodyTypes, of: call.request)
            bytes = try await BodyReader(limitInBytes: limit, timeout: RequestLimit.uploadTimeout)
                .read(call.request, on: call.context.channel)
        }
        let request = APIRequest(
            server: services, raw: call.request, parameters: parameters, query: query, body: body, bytes: bytes,
            identity: identity, address: call.address, channel: call.context.channel)
        let audited = audited(request, endpoint, operation)
        return try await services.recording(audited) { try await endpoint.handle(request) }
    }

    private func audited(_ request: APIRequest, _ endpoint: Endpoint, _ operation: Operation) -> AuditedRequest? {
        guard let identity = request.identity, case .user(let permission) = endpoint.access else { return nil }
        return AuditedRequest(
            endpoint.method, endpoint.path.text, needing: permission, operation: operation.id, request.parameters,
            domain: request.query["domain"]?.string, body: request.body, identity: identity)
    }
}

/// The table and the document differ; a test keeps that from happening.
struct UndocumentedEndpoint: Error {
    let name: String
}

/// The media type of a request's body.
enum ContentType {
    /// - Throws: `PortalError.invalid` (`request.content-type`) unless the request names one of `types`.
    static func require(_ types: [String], of request: Request) throws(PortalError) {
        let field = request.headers[.contentType]
        // Nearly all name one of them just so.
        if let field, types.contains(field) { return }
        let named = field?.split(separator: ";").first.map { $0.filter { !$0.isWhitespace }.lowercased() }
        guard let named, types.contains("*/*") || types.contains(named) else {
            throw PortalError(
                .invalid, id: "request.content-type",
                "Send the body with Content-Type: \(types.sorted().joined(separator: " or ")).")
        }
    }
}
