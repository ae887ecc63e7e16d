import HTTPTypes
import Hummingbird
import PatchbayHost
import PatchbaySDK

/// Hands requests to plugins, after everything that the host answers for has been checked.
struct PluginDispatch: Sendable {
    let services: PortalServices

    /// `/api/v1/{plugin}/…`: a signed-in user, with the permission, for whom the feature is on.
    ///
    /// - Parameter path: The segments below `/api/v1`.
    func api(_ call: Call, _ path: [String]) async throws -> Response {
        guard let id = path.first, let routes = services.plugins.routes(of: id) else {
            return Problem.noSuchPage.response
        }
        let matching = routes.compactMap { entry -> (PluginSurface.Entry, Permission, [String: String])? in
            guard case .user(let permission) = entry.route.access else { return nil }
            return entry.pattern.match(Array(path.dropFirst())).map { (entry, permission, $0) }
        }
        guard let (entry, permission, parameters) = matching.first(where: { $0.0.route.method == call.method.rawValue })
        else {
            guard !matching.isEmpty else { return Problem.noSuchPage.response }
            return Problem.methodNotAllowed(allow: Set(matching.map { $0.0.route.method }).sorted()).response
        }
        call.route.set("/api/v1/\(id)/\(entry.route.path)", plugin: entry.plugin)
        let identity = try await services.authentication.admit(call, to: .user(permission))
        guard let caller = identity?.caller else { return Problem.noSuchPage.response }
        try await requireOpen(entry, permission, for: caller)
        let operation = services.documents.current().operation(entry.name)
        try operation?.check(path: parameters)
        if let operation { _ = try operation.checked(query: call.target.queryByName) }
        let body = try await body(of: call)
        if !body.isEmpty {
            try ContentType.require(operation.map(\.bodyTypes) ?? ["application/json"], of: call.request)
        }
        var json = JSON.null
        if let operation, operation.needsBody || !body.isEmpty { json = try operation.checked(body: body) }
        let request = request(call, parameters, body: body, caller: caller, hiding: [.cookie, .authorization])
        let audited = identity.flatMap { identity in
            AuditedRequest(
                call.method, "/\(id)/\(entry.route.path)", needing: permission,
                operation: "\(id).\(operation?.id ?? entry.name)", parameters,
                domain: call.target.queryByName["domain"], body: json, identity: identity)
        }
        return try await services.recording(audited) { try await answer(entry, request) }
    }

    /// `/hooks/{plugin}/…`: an outside system, once the plugin has verified it.
    func hook(_ call: Call) async throws -> Response {
        guard let (entry, parameters) = matches(call, { if case .webhook = $0 { true } else { false } }).first,
            case .webhook(let verify) = entry.route.access
        else { return Problem.noSuchPage.response }
        call.route.set("/hooks/\(entry.plugin)/\(entry.route.path)", plugin: entry.plugin)
        guard call.method == .get || call.method == .post else {
            return Problem.methodNotAllowed(allow: ["GET", "HEAD", "POST"]).response
        }
        let request = request(call, parameters, body: try await body(of: call), caller: nil, hiding: [.cookie])
        do { try verify(request) } catch {
            services.metrics.countUnverifiedWebhook(plugin: entry.plugin.rawValue)
            throw error as? PortalError ?? Self.unverified
        }
        return try await answer(entry, request)
    }

    /// `/join/{plugin}/…`: anybody, so often a minute.
    func page(_ call: Call) async throws -> Response {
        try services.pages.admit(call.address)
        let matching = matches(call) { if case .page = $0 { true } else { false } }
        guard let first = matching.first else { return Problem.noSuchPage.response }
        call.route.set("/join/\(first.0.plugin)/\(first.0.route.path)", plugin: first.0.plugin)
        guard let (entry, parameters) = matching.first(where: { $0.0.route.method == call.method.rawValue }) else {
            return Problem.methodNotAllowed(allow: Set(matching.map { $0.0.route.method }).sorted()).response
        }
        let body = try await body(of: call)
        return try await answer(
            entry, request(call, parameters, body: body, caller: nil, hiding: [.cookie, .authorization]))
    }

    /// `/plugins/{plugin}/…`: the plugin's web files.
    func webFile(_ call: Call) throws -> Response {
        guard let library = services.plugins.web(of: call.target.path[1]) else { return Problem.noSuchPage.response }
        call.route.set("/plugins/\(call.target.path[1])")
        if call.target.path.count == 2 {
            // The page's own links are relative to its folder.
            return Response(status: .permanentRedirect, headers: [.location: "/plugins/\(call.target.path[1])/"])
        }
        var path = Array(call.target.path.dropFirst(2))
        if path.last == "" { path[path.count - 1] = "index.html" }
        return library.file(path.joined(separator: "/"), for: call) ?? Problem.noSuchPage.response
    }

    /// The routes of the plugin in the address that fit and match, the more exact first.
    private func matches(
        _ call: Call, _ fits: (Route.Access) -> Bool
    ) -> [(PluginSurface.Entry, [String: String])] {
        let path = Array(call.target.path.dropFirst(2))
        return (services.plugins.routes(of: call.target.path[1]) ?? []).compactMap { entry in
            guard fits(entry.route.access) else { return nil }
            return entry.pattern.match(path).map { (entry, $0) }
        }
    }

    /// Administrators manage a feature whether or not they may use it themselves.
    private func requireOpen(_ entry: PluginSurface.Entry, _ permission: Permission, for caller: Caller) async throws {
        guard entry.hasGates, permission != .domainAdmin, permission != .systemAdmin else { return }
        let gates = services.portal.gates
        try await services.portal.store.read { db in try gates.requireOpen(entry.plugin, for: caller, in: db) }
    }

    private func body(of call: Call) async throws -> [UInt8] {
        guard call.method != .get else { return [] }
        return try await BodyReader(limitInBytes: RequestLimit.jsonInBytes, timeout: RequestLimit.bodyTimeout)
            .read(call.request, on: call.context.channel)
    }

    private func request(
        _ call: Call, _ parameters: [String: String], body: [UInt8], caller: Caller?, hiding: Set<HTTPField.Name>
    ) -> PluginRequest {
        var headers: [String: String] = [:]
        for field in call.request.headers where !hiding.contains(field.name) {
            headers[field.name.canonicalName] = field.value
        }
        return PluginRequest(
            method: call.method.rawValue, path: "/" + call.target.path.joined(separator: "/"), parameters: parameters,
            query: call.target.queryByName, headers: headers, body: body, caller: caller)
    }

    private func answer(_ entry: PluginSurface.Entry, _ request: PluginRequest) async throws -> Response {
        let answer: PluginResponse
        do { answer = try await offTheLoop { try await entry.route.handle(request) } } catch {
            if !(error is PortalError) { services.metrics.countPluginFault(plugin: entry.plugin.rawValue) }
            throw error
        }
        var response = Response(
            status: HTTPResponse.Status(code: answer.status),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        if answer.status != 204 { response.headers[.contentLength] = String(answer.body.count) }
        return response
    }

    private static let unverified = PortalError(
        .unauthenticated, id: "webhook.unverified", "The request could not be verified; nothing was stored.")
}
